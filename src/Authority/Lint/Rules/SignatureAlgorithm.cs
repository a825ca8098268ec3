namespace Evercard.Authority.Lint.Rules;

/// <summary>The issuer's own algorithm, which is SHA-256 or better, encoded as it must be.</summary>
internal static class SignatureAlgorithm
{
    public static string? Check(LintSubject subject) =>
        subject.Fields.SignatureAlgorithm.Span.SequenceEqual(subject.Issuer.Scheme.AlgorithmIdentifier)
            ? null
            : "it is not the algorithm that the issuer's key signs with.";
}
