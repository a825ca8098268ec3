namespace Evercard.Authority.Lint.Rules;

internal static class IssuerName
{
    public static string? Check(LintSubject subject) =>
        subject.Fields.Issuer.Span.SequenceEqual(subject.Issuer.Name.Span) ? null : "it is not the issuer's subject, byte for byte.";
}
