using Evercard.Authority.Issuing;

namespace Evercard.Authority.Lint.Rules;

/// <summary>The one rule that needs a signed certificate (RFC 5280, 4.1.1.2 and 6.1.3 (a)(1)).</summary>
internal static class SignatureOfIssuer
{
    public static string? Check(SignedCertificate certificate, IssuerIdentity issuer)
    {
        var inner = CertificateFields.Read(certificate.ToBeSigned).SignatureAlgorithm.Span;
        if (!certificate.SignatureAlgorithm.Span.SequenceEqual(inner))
            return "its algorithm is not the one that was signed.";
        return issuer.Scheme.Verifies(issuer.PublicKey.Span, certificate.ToBeSigned.Span, certificate.Signature.Span)
            ? null
            : "it does not verify under the issuer's key.";
    }
}
