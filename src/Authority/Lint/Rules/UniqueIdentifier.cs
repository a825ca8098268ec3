namespace Evercard.Authority.Lint.Rules;

internal static class UniqueIdentifier
{
    public static string? Check(LintSubject subject) => subject.Fields.HasUniqueIdentifier ? "conforming CAs make none." : null;
}
