using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.LogIn;

/// <summary>
/// A card that signs with a key which a proven successor replaced long ago: the successor never was on the card, and the
/// computer that handed it in lied from the first step to the last (DESIGN 4, the hostile PC).
/// </summary>
internal sealed class OldKeyAlarm(Database database, CertificateAuthority authority)
{
    /// <param name="current">The credential that the card should hold.</param>
    /// <param name="isSignedBy">Whether the card's signature fits a public key (SubjectPublicKeyInfo).</param>
    /// <param name="seenBy">The agent at which the card is now.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>True where it was so: the successor's certificate is revoked and its agent gets no more acts.</returns>
    public async Task<bool> Raise(Credential current, Func<byte[], bool> isSignedBy, string seenBy, CancellationToken cancellation)
    {
        var replaced = await database.Read(
            r => r.Registry.Credentials
                .Where(c => c.SmartcardId == current.SmartcardId && c.KeyReference == current.KeyReference && c.Status == CredentialStatus.Superseded)
                .ToListAsync(cancellation),
            cancellation);
        if (replaced.Find(c => isSignedBy(c.PublicKey)) is not { } found)
        {
            return false;
        }

        await database.Write(records => Revoke(records, current, found, seenBy, cancellation), cancellation);
        return true;
    }

    private async Task Revoke(Records records, Credential current, Credential found, string seenBy, CancellationToken cancellation)
    {
        var registry = records.Registry;
        await authority.Revoke(records.Authority, current.CertificateSerialNumber, RevocationReason.KeyCompromise, cancellation);
        (await registry.Credentials.SingleAsync(c => c.Id == current.Id, cancellation)).Status = CredentialStatus.Revoked;
        var liar = await registry.OperationSteps
            .Where(s => s.OperationId == current.OperationId && s.CertificateSerialNumber == current.CertificateSerialNumber)
            .Select(s => s.StagedByAgentId)
            .SingleOrDefaultAsync(cancellation);
        if (await registry.Agents.SingleOrDefaultAsync(a => a.Id == liar, cancellation) is { } agent)
        {
            agent.Status = AgentStatus.Quarantined;
        }

        await registry.Save(
            new AuditEvent
            {
                Kind = "OldKeyFound",
                OperationId = current.OperationId,
                SmartcardId = current.SmartcardId,
                AgentId = seenBy,
                Facts = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["alarm"] = "the card holds a key that was replaced",
                    ["found"] = found.CertificateSerialNumber,
                    ["revoked"] = current.CertificateSerialNumber,
                    ["quarantined"] = liar ?? "none",
                },
            },
            cancellation);
    }
}
