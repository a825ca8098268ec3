namespace Evercard.Authority.Lint.Rules;

internal static class ValidityOrder
{
    public static string? Check(LintSubject subject) =>
        subject.Fields.NotBefore.At < subject.Fields.NotAfter.At ? null : "notAfter does not lie after notBefore.";
}
