using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.DevHost.Roles;

/// <summary>What is left behind in a database after whatever happened to its servers, counted.</summary>
/// <param name="Lost">Current certificates without a stored record that is good.</param>
/// <param name="Doubled">Slots of a card with more than one valid certificate.</param>
/// <param name="Orphaned">Valid certificates that are no card's current one.</param>
/// <param name="Open">Acts that are neither done nor given up.</param>
/// <param name="Renewed">Renewals that were completed.</param>
/// <param name="Resumed">Visits that went on with what another one had begun.</param>
/// <param name="AuditIsWhole">Every link of the trail holds.</param>
public sealed record Judgement(int Lost, int Doubled, int Orphaned, int Open, int Renewed, int Resumed, bool AuditIsWhole)
{
    public static Task<Judgement> Of(Database database, CertificateAuthority authority, CancellationToken cancellation) =>
        database.Read(records => Of(records, authority, cancellation), cancellation);

    public override string ToString() =>
        $"lost {Lost} doubled {Doubled} orphaned {Orphaned} open {Open} renewed {Renewed} resumed {Resumed} audit {(AuditIsWhole ? "whole" : "broken")}";

    private static async Task<Judgement> Of(Records records, CertificateAuthority authority, CancellationToken cancellation)
    {
        var registry = records.Registry;
        var current = await registry.Credentials.Where(c => c.Status == CredentialStatus.Current).ToListAsync(cancellation);
        var lost = 0;
        foreach (var credential in current)
        {
            lost += await authority.StandingOf(records.Authority, credential.Certificate, cancellation) == CertificateStanding.Unknown ? 1 : 0;
        }

        var serials = current.Select(c => c.CertificateSerialNumber).ToHashSet(StringComparer.Ordinal);
        var valid = await records.Authority.Certificates.Where(c => c.Certificate != null && c.RevokedAt == null).Select(c => c.SerialNumber).ToListAsync(cancellation);
        var open = await registry.Operations.CountAsync(o => o.State == OperationState.Open || o.State == OperationState.Waiting, cancellation);
        return new Judgement(
            lost,
            current.GroupBy(c => (c.SmartcardId, c.KeyReference)).Count(slot => slot.Count() > 1),
            valid.Count(serial => !serials.Contains(serial)),
            open,
            await registry.AuditEvents.CountAsync(e => e.Kind == "RenewalCompleted", cancellation),
            await registry.AuditEvents.CountAsync(e => e.Kind == "RenewalResumed", cancellation),
            await AuditChain.Verify(registry.AuditEvents.OrderBy(e => e.Sequence).AsAsyncEnumerable(), null, cancellation) is AuditFinding.Whole);
    }
}
