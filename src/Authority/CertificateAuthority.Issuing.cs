using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using Evercard.Authority.Issuing;
using Evercard.Authority.Keys;
using Evercard.Authority.Lint;
using Evercard.Authority.Profiles;
using Evercard.Authority.Storage;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Authority;

public sealed partial class CertificateAuthority
{
    /// <summary>Clocks of relying parties run behind ours by this much at most.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Tries an order without its key; the kind of key is read from <c>order.PublicKey</c>.</summary>
    /// <inheritdoc cref="DryRun(CertificateOrder, KeyAlgorithm)"/>
    public int DryRun(CertificateOrder order)
    {
        KeyAlgorithm? algorithm;
        try
        {
            algorithm = SubjectPublicKey.Read(order.PublicKey).Algorithm;
        }
        catch (AsnContentException e)
        {
            throw new OrderRefusedException([$"order: the public key cannot be read. {e.Message}"]);
        }

        return DryRun(order, algorithm ?? throw new OrderRefusedException(["order: a kind of key that is not certified here."]));
    }

    /// <summary>
    /// Tries an order with a throw-away key of this kind in place of <c>order.PublicKey</c>, which may be empty: profile, lint, and whether the signer answers.
    /// Nothing is stored. Returns the most bytes that the certificate can have.
    /// </summary>
    /// <exception cref="OrderRefusedException">The order breaks the profile or a lint rule.</exception>
    /// <exception cref="AuthorityUnavailableException">The signer gives no answer.</exception>
    public int DryRun(CertificateOrder order, KeyAlgorithm algorithm)
    {
        var (profile, issuer) = ProfileOf(order);
        var toBeSigned = WriteAndLint(OrderCheck.WholeSeconds(order) with { PublicKey = ThrowAwayKey.Of(algorithm) }, profile, issuer, ToBeSigned.NewSerialNumber());

        // Not a TBSCertificate, so that the signature is good for nothing.
        issuer.Sign([.. "evercard dry run "u8, .. RandomNumberGenerator.GetBytes(16)]);
        return new SignedCertificate(toBeSigned, issuer.Scheme.AlgorithmIdentifier, new byte[issuer.Scheme.LongestSignature]).Encode().Length;
    }

    /// <summary>
    /// Record: stores serial number and to-be-signed bytes. The same order again gives what was stored, and a fresh token; the token before is void.
    /// Commit before <c>Issue</c>.
    /// </summary>
    /// <exception cref="OrderRefusedException">The order breaks the profile or a lint rule.</exception>
    /// <exception cref="InvalidOperationException">The id belongs to a different order, or no transaction is open.</exception>
    public async Task<Preparation> Prepare(AuthorityContext db, CertificateOrder order, CancellationToken ct)
    {
        var transaction = db.BeginAct();
        order = OrderCheck.WholeSeconds(order);
        var digest = OrderCheck.Digest(order);
        var record = await RecordOf(db, order.OrderId, ct);
        if (record is null)
        {
            record = NewRecord(order, digest);
            db.PreparedIn[order.OrderId] = transaction;
            db.Certificates.Add(record);
        }
        else if (!record.OrderDigest.AsSpan().SequenceEqual(digest))
        {
            throw new InvalidOperationException($"The order {order.OrderId} was prepared before, and said something else.");
        }

        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        // Once issued, a token has no more use: Issue gives the certificate to anybody.
        if (record.Certificate is null)
            record.TokenDigest = DigestOf(token);
        await db.SaveChangesAsync(ct);
        return new Preparation(record.OrderId, record.SerialNumber, token);
    }

    /// <summary>Sign: signs the stored bytes, checks the certificate, stores it. One that is issued already is returned as it is.</summary>
    /// <exception cref="InvalidOperationException">
    /// Not prepared, or prepared in this same transaction; the token is not the latest or was used; revoked before it was issued.
    /// </exception>
    /// <exception cref="AuthorityUnavailableException">The signer gives no answer; the token stays good.</exception>
    /// <exception cref="DbUpdateConcurrencyException">Another node issued or revoked it at this moment: roll back, and ask again.</exception>
    public async Task<IssuedCertificate> Issue(AuthorityContext db, Preparation preparation, CancellationToken ct)
    {
        var transaction = db.BeginAct();
        var record = await RecordOf(db, preparation.OrderId, ct)
            ?? throw new InvalidOperationException($"The order {preparation.OrderId} was not prepared.");
        if (record.Certificate is not null)
            return Issued(record, record.Certificate);

        if (db.PreparedIn.TryGetValue(record.OrderId, out var preparedIn) && preparedIn == transaction)
            throw new InvalidOperationException("Record, then sign: commit what Prepare stored before Issue.");
        if (record.TokenDigest is null || !CryptographicOperations.FixedTimeEquals(record.TokenDigest, DigestOf(preparation.Token)))
            throw new InvalidOperationException($"The token for order {preparation.OrderId} is not the latest, or was used.");
        if (record.RevokedAt is not null)
            throw new InvalidOperationException($"The certificate {record.SerialNumber} was revoked before it was issued.");

        var issuer = _issuers[record.Issuer];
        // Judged again before it is signed: between the two acts the bytes lay in a database.
        var findings = Linter.Check(record.ToBeSigned, _profiles[record.Profile], issuer.Identity, Publication, _extensions.UpnDomain);
        if (findings.Count > 0)
            throw new OrderRefusedException(findings);
        var signed = new SignedCertificate(record.ToBeSigned, issuer.Scheme.AlgorithmIdentifier, issuer.Sign(record.ToBeSigned));
        var certificate = signed.Encode();
        findings = Linter.CheckSignature(certificate, issuer.Identity);
        if (findings.Count > 0)
            throw new OrderRefusedException(findings);

        record.Certificate = certificate;
        record.IssuedAt = _time.GetUtcNow();
        record.TokenDigest = null;
        await db.SaveChangesAsync(ct);
        return Issued(record, certificate);
    }

    /// <summary>The certificate of an order; null while there is none.</summary>
    public async Task<IssuedCertificate?> Find(AuthorityContext db, string orderId, CancellationToken ct)
    {
        var record = await db.Certificates.AsNoTracking().SingleOrDefaultAsync(r => r.OrderId == orderId, ct);
        return record?.Certificate is null ? null : Issued(record, record.Certificate);
    }

    private static Task<CertificateRecord?> RecordOf(AuthorityContext db, string orderId, CancellationToken ct) =>
        db.Certificates.SingleOrDefaultAsync(record => record.OrderId == orderId, ct);

    private static IssuedCertificate Issued(CertificateRecord record, byte[] certificate) =>
        new(record.OrderId, record.SerialNumber, record.Issuer, certificate);

    private static byte[] DigestOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private CertificateRecord NewRecord(CertificateOrder order, byte[] digest)
    {
        var (profile, issuer) = ProfileOf(order);
        var serialNumber = ToBeSigned.NewSerialNumber();
        return new CertificateRecord
        {
            SerialNumber = Convert.ToHexString(serialNumber),
            OrderId = order.OrderId,
            OrderDigest = digest,
            Profile = profile.Name,
            Issuer = issuer.Name,
            ToBeSigned = WriteAndLint(order, profile, issuer, serialNumber),
            PreparedAt = _time.GetUtcNow(),
            NotAfter = order.NotAfter,
        };
    }

    private (CertificateProfile Profile, Issuer Issuer) ProfileOf(CertificateOrder order) =>
        _profiles.TryGetValue(order.Profile, out var profile)
            ? (profile, _issuers[profile.Issuer])
            : throw new OrderRefusedException([$"order: there is no profile \"{order.Profile}\"."]);

    private byte[] WriteAndLint(CertificateOrder order, CertificateProfile profile, Issuer issuer, byte[] serialNumber)
    {
        var now = _time.GetUtcNow();
        var findings = OrderCheck.Findings(order, now);
        if (findings.Count > 0)
            throw new OrderRefusedException(findings);

        byte[] toBeSigned;
        try
        {
            var notBefore = now - ClockSkew < issuer.Identity.NotBefore ? issuer.Identity.NotBefore : now - ClockSkew;
            toBeSigned = ToBeSigned.Write(order, profile, issuer.Identity, _extensions, serialNumber, notBefore);
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException)
        {
            throw new OrderRefusedException([$"order: {e.Message}"]);
        }

        findings = Linter.Check(toBeSigned, profile, issuer.Identity, Publication, _extensions.UpnDomain);
        return findings.Count == 0 ? toBeSigned : throw new OrderRefusedException(findings);
    }
}
