namespace Evercard.Authority.Lint.Rules;

internal static class ValidityWithinIssuer
{
    public static string? Check(LintSubject subject)
    {
        if (subject.Fields.NotBefore.At < subject.Issuer.NotBefore)
            return "the certificate begins before its issuer's.";
        return subject.Fields.NotAfter.At > subject.Issuer.NotAfter ? "the certificate outlives its issuer's." : null;
    }
}
