namespace Evercard.Authority.Lint.Rules;

internal static class Version
{
    public static string? Check(LintSubject subject) => subject.Fields.Version == 2 ? null : "extensions need version 3.";
}
