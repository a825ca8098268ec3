using System.Formats.Asn1;
using Evercard.Authority.Issuing;
using Evercard.Authority.Revocation;
using Evercard.Authority.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Authority;

public sealed partial class CertificateAuthority
{
    /// <summary>Revokes a certificate, issued or only prepared. Again: the first date and reason stay, unless the key turns out compromised.</summary>
    /// <exception cref="InvalidOperationException">No such serial number, or no transaction is open.</exception>
    /// <exception cref="DbUpdateConcurrencyException">Another node issued or revoked it at this moment: roll back, and ask again.</exception>
    public Task Revoke(AuthorityContext db, string serialNumber, RevocationReason reason, CancellationToken ct) => Revoke(db, serialNumber, reason, _time.GetUtcNow(), ct);

    /// <summary>The same where no key of the authority is open: revoking signs nothing, and the next CRL tells of it.</summary>
    /// <inheritdoc cref="Revoke(AuthorityContext, string, RevocationReason, CancellationToken)"/>
    public static async Task Revoke(AuthorityContext db, string serialNumber, RevocationReason reason, DateTimeOffset now, CancellationToken ct)
    {
        db.BeginAct();
        serialNumber = serialNumber.ToUpperInvariant();
        var record = await db.Certificates.SingleOrDefaultAsync(r => r.SerialNumber == serialNumber, ct)
            ?? throw new InvalidOperationException($"No certificate has the serial number {serialNumber}.");
        if (record.RevokedAt is null)
        {
            record.RevokedAt = now;
            record.RevocationReason = reason;
        }
        else if (reason == RevocationReason.KeyCompromise && record.RevocationReason != reason)
        {
            record.RevocationReason = reason;
            // One that has left the CRL comes back once: the reason voids signatures of the past.
            record.LastCrlNumber = null;
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>
    /// Where a certificate (DER) stands: issued here bit for bit, its signature good, revoked or not. Whether it is valid now is the caller's question.
    /// </summary>
    public async Task<CertificateStanding> StandingOf(AuthorityContext db, ReadOnlyMemory<byte> certificate, CancellationToken ct)
    {
        SignedCertificate signed;
        string serialNumber;
        try
        {
            signed = SignedCertificate.Read(certificate);
            serialNumber = Convert.ToHexString(CertificateFields.Read(signed.ToBeSigned).SerialNumber.Span);
        }
        catch (AsnContentException)
        {
            return CertificateStanding.Unknown;
        }

        var record = await db.Certificates.AsNoTracking().SingleOrDefaultAsync(r => r.SerialNumber == serialNumber, ct);
        if (record?.Certificate is null || !certificate.Span.SequenceEqual(record.Certificate) || !_issuers.TryGetValue(record.Issuer, out var issuer))
            return CertificateStanding.Unknown;
        // The issuers themselves were verified against the root when the authority was opened.
        if (!issuer.Scheme.Verifies(issuer.Identity.PublicKey.Span, signed.ToBeSigned.Span, signed.Signature.Span))
            return CertificateStanding.Unknown;
        return record.RevokedAt is null ? CertificateStanding.Good : CertificateStanding.Revoked;
    }

    /// <summary>
    /// Makes and stores the next full CRL of "root", "authentication" or "signature"; DER. A certificate that expired leaves the list after one
    /// CRL that was made later than its notAfter (RFC 5280, 3.3): the list does not grow for ever.
    /// </summary>
    /// <exception cref="ArgumentException">No such issuer.</exception>
    /// <exception cref="AuthorityUnavailableException">The signer gives no answer.</exception>
    /// <exception cref="DbUpdateConcurrencyException">Another node made one at this moment: roll back, and take that one.</exception>
    public async Task<byte[]> MakeCrl(AuthorityContext db, string issuer, CancellationToken ct)
    {
        db.BeginAct();
        if (!_issuers.TryGetValue(issuer, out var signer))
            throw new ArgumentException($"There is no issuer \"{issuer}\".", nameof(issuer));

        var latest = await db.Crls.SingleOrDefaultAsync(crl => crl.Issuer == issuer, ct);
        var listed = db.Certificates.Where(record => record.Issuer == issuer && record.RevokedAt != null && record.LastCrlNumber == null);
        var revoked = await listed
            .OrderBy(record => record.SerialNumber)
            .Select(record => new RevokedCertificate(record.SerialNumber, record.RevokedAt!.Value, record.RevocationReason ?? RevocationReason.Unspecified))
            .ToListAsync(ct);

        // A CRL knows no fractions of a second.
        var thisUpdate = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var nextUpdate = thisUpdate + _crlLifetime;
        var number = (latest?.Number ?? 0) + 1;
        var der = RevocationList.Make(signer, revoked, number, thisUpdate, nextUpdate);
        if (latest is null)
        {
            db.Crls.Add(new CrlRecord { Issuer = issuer, Number = number, ThisUpdate = thisUpdate, NextUpdate = nextUpdate, Crl = der });
        }
        else
        {
            (latest.Number, latest.ThisUpdate, latest.NextUpdate, latest.Crl) = (number, thisUpdate, nextUpdate, der);
        }

        foreach (var expired in await listed.Where(record => record.NotAfter < thisUpdate).ToListAsync(ct))
            expired.LastCrlNumber = number;
        await db.SaveChangesAsync(ct);
        return der;
    }

    /// <summary>The latest CRL of an issuer; null before the first was made.</summary>
    public async Task<CrlRecord?> FindCrl(AuthorityContext db, string issuer, CancellationToken ct) =>
        await db.Crls.AsNoTracking().SingleOrDefaultAsync(crl => crl.Issuer == issuer, ct);
}
