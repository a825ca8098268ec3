using System.Numerics;
using System.Security.Cryptography.X509Certificates;
using Evercard.Authority.Issuing;

namespace Evercard.Authority.Revocation;

/// <summary>An entry of a CRL (RFC 5280, 5.3).</summary>
internal sealed record RevokedCertificate(string SerialNumber, DateTimeOffset At, RevocationReason Reason);

internal static class RevocationList
{
    /// <summary>A full CRL (RFC 5280, 5), DER.</summary>
    public static byte[] Make(Issuer issuer, IEnumerable<RevokedCertificate> revoked, long number, DateTimeOffset thisUpdate, DateTimeOffset nextUpdate)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var entry in revoked)
            builder.AddEntry(Convert.FromHexString(entry.SerialNumber), entry.At, ReasonCode(entry.Reason));
        return builder.Build(
            issuer.Subject,
            issuer.Generator,
            new BigInteger(number),
            nextUpdate,
            issuer.Scheme.Hash,
            X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(issuer.Identity.KeyIdentifier.Span),
            thisUpdate);
    }

    // RFC 5280, 5.3.1: unspecified is said by leaving the reason out.
    private static X509RevocationReason? ReasonCode(RevocationReason reason) => reason switch
    {
        RevocationReason.KeyCompromise => X509RevocationReason.KeyCompromise,
        RevocationReason.AffiliationChanged => X509RevocationReason.AffiliationChanged,
        RevocationReason.Superseded => X509RevocationReason.Superseded,
        RevocationReason.CessationOfOperation => X509RevocationReason.CessationOfOperation,
        _ => null,
    };
}
