using Evercard.Authority;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Publication;

/// <summary>The newest CRL of each issuer: made anew when something was revoked since, or when a tenth of its life is over.</summary>
public sealed class PublishedCrls(Database database, CertificateAuthority authority, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim making = new(1, 1);

    /// <returns>DER; null where there is no such issuer.</returns>
    public async Task<byte[]?> Newest(string issuer, CancellationToken cancellation)
    {
        if (issuer != CertificateAuthority.Root && !authority.IssuerCertificates.ContainsKey(issuer))
        {
            return null;
        }

        return await Look(issuer, cancellation) ?? await MakeOnce(issuer, cancellation);
    }

    public void Dispose() => making.Dispose();

    private Task<byte[]?> Look(string issuer, CancellationToken cancellation) => database.Read(r => Fresh(r, issuer, cancellation), cancellation);

    /// <summary>One at a time: whoever waited takes what was made meanwhile. (Two nodes may make one each; both are good.)</summary>
    private async Task<byte[]> MakeOnce(string issuer, CancellationToken cancellation)
    {
        await making.WaitAsync(cancellation);
        try
        {
            return await Look(issuer, cancellation) ?? await Make(issuer, cancellation);
        }
        finally
        {
            making.Release();
        }
    }

    private Task<byte[]> Make(string issuer, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var crl = await authority.MakeCrl(records.Authority, issuer, cancellation);
                await records.Registry.Save(
                    new AuditEvent { Kind = "CrlMade", Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["issuer"] = issuer } }, cancellation);
                return crl;
            },
            cancellation);

    private async Task<byte[]?> Fresh(Records records, string issuer, CancellationToken cancellation)
    {
        var latest = await records.Authority.Crls.SingleOrDefaultAsync(c => c.Issuer == issuer, cancellation);
        if (latest is null || time.GetUtcNow() > latest.ThisUpdate + ((latest.NextUpdate - latest.ThisUpdate) / 10))
        {
            return null;
        }

        var revokedSince = await records.Authority.Certificates.AnyAsync(c => c.Issuer == issuer && c.RevokedAt >= latest.ThisUpdate, cancellation);
        return revokedSince ? null : latest.Crl;
    }
}
