using Evercard.Lifecycle.Notifications;
using Evercard.Registry;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>A card with what decides about it.</summary>
/// <param name="Card">The card.</param>
/// <param name="FullName">Of its cardholder.</param>
/// <param name="Facts">For the rule.</param>
internal sealed record ReadCard(Smartcard Card, string FullName, CardFacts Facts);

/// <summary>Reads cards for their rule, many at once: a few queries for all of them.</summary>
internal static class AttentionReader
{
    private const int MostSightings = 200;

    public static async Task<IReadOnlyList<ReadCard>> Of(
        Records records, IReadOnlyCollection<Guid> ids, IReadOnlyCollection<Guid> suspected, DateTimeOffset alarmsSince, TimeZoneInfo zone, CancellationToken cancellation)
    {
        var registry = records.Registry;
        var cards = await registry.Smartcards.Where(c => ids.Contains(c.Id)).Join(registry.People, c => c.PersonUuid, p => p.Uuid, (c, p) => new { Card = c, p.FullName }).ToListAsync(cancellation);
        var operations = await registry.Operations.Where(o => ids.Contains(o.SmartcardId) && o.Act != Act.Unlock).ToListAsync(cancellation);
        var unfinishedIds = operations.Where(o => o.State is OperationState.Open or OperationState.Waiting).Select(o => o.Id).ToList();
        var unfinished = (await OperationReader.Of(registry, unfinishedIds, cancellation)).ToLookup(o => o.SmartcardId, o => o.Facts);

        // Whatever was completed since made both keys anew, or found them whole.
        var completed = operations.Where(o => o.State == OperationState.Completed).ToLookup(o => o.SmartcardId, o => o.OpenedAt);
        var abortedIds = operations.Where(o => o.State == OperationState.Aborted && completed[o.SmartcardId].All(at => at <= o.OpenedAt)).Select(o => o.Id).ToList();
        var steps = (await registry.OperationSteps.Where(s => abortedIds.Contains(s.OperationId)).ToListAsync(cancellation)).ToLookup(s => s.OperationId);
        var ended = operations.Where(o => abortedIds.Contains(o.Id) && OperationReader.IsHalfway(o, steps[o.Id].ToList())).ToLookup(o => o.SmartcardId);

        var credentials = await registry.Credentials.Where(c => ids.Contains(c.SmartcardId) && c.Status != CredentialStatus.Superseded)
            .Select(c => new { c.SmartcardId, c.KeyReference, c.Status, c.CertificateSerialNumber, c.OperationId, c.CreatedAt }).ToListAsync(cancellation);
        var current = credentials.Where(c => c.Status == CredentialStatus.Current).ToLookup(c => c.SmartcardId);
        var gone = credentials.Where(c => c.Status == CredentialStatus.Revoked).ToLookup(c => c.SmartcardId, c => c.CertificateSerialNumber);
        var goneSerials = gone.SelectMany(one => one).ToList();
        var revokedAt = await records.Authority.Certificates.Where(c => goneSerials.Contains(c.SerialNumber) && c.RevokedAt != null)
            .Select(c => new { c.SerialNumber, c.RevokedAt }).ToDictionaryAsync(c => c.SerialNumber, c => c.RevokedAt!.Value, cancellation);

        var currentSerials = current.SelectMany(one => one).Select(c => c.CertificateSerialNumber).ToList();
        var madeIn = current.SelectMany(one => one).Select(c => c.OperationId).Distinct().ToList();
        var liars = await registry.Agents.Where(a => a.Status == AgentStatus.Quarantined)
            .Join(registry.OperationSteps.Where(s => madeIn.Contains(s.OperationId) && s.CertificateSerialNumber != null), a => a.Id, s => s.StagedByAgentId, (a, s) => new { s.CertificateSerialNumber, a.ComputerName })
            .ToListAsync(cancellation);
        var liarOf = liars.Where(l => currentSerials.Contains(l.CertificateSerialNumber!)).ToLookup(l => l.CertificateSerialNumber!, l => l.ComputerName);
        var alarms = (await registry.Notifications.Where(n => ids.Contains(n.SmartcardId) && n.AlarmRaisedAt >= alarmsSince).ToListAsync(cancellation)).ToLookup(n => n.SmartcardId);
        var seen = new Dictionary<Guid, (DateTimeOffset, string?)>();
        foreach (var id in ids.Where(suspected.Contains))
        {
            if (Sighting.Of(await LastSeen(registry, id, cancellation)) is { } sighting)
            {
                seen[id] = (sighting.At, await registry.Agents.Where(a => a.Id == sighting.AgentId).Select(a => a.ComputerName).SingleOrDefaultAsync(cancellation));
            }
        }

        var repaired = operations.Where(o => o is { Act: Act.Repair, State: OperationState.Completed }).ToLookup(o => o.SmartcardId, o => o.OpenedAt);
        return [.. cards.Select(one => new ReadCard(one.Card, one.FullName, Facts(one.Card)))];

        CardFacts Facts(Smartcard card)
        {
            var counts = current[card.Id].ToList();
            var lied = counts.Where(c => liarOf.Contains(c.CertificateSerialNumber)).OrderBy(c => c.CreatedAt).FirstOrDefault();
            var last = ended[card.Id].MaxBy(o => o.OpenedAt);
            return new CardFacts(card.Status)
            {
                Unfinished = unfinished[card.Id].FirstOrDefault(),
                Ended = last is null ? null : new EndedAct(last.Act, last.Reference, last.ComputerName, last.TouchedAt),
                CertificateGoneSince = card.Status == SmartcardStatus.InUse && counts.Select(c => c.KeyReference).Distinct().Count() < 2
                    ? gone[card.Id].Select(serial => revokedAt.TryGetValue(serial, out var at) ? at : (DateTimeOffset?)null).Max()
                        ?? operations.Where(o => o.SmartcardId == card.Id).Select(o => (DateTimeOffset?)o.TouchedAt).Max() ?? card.ExpiresAt
                    : null,
                HasCertificate = counts.Count > 0,
                MadeByLiar = lied is null ? null : (liarOf[lied.CertificateSerialNumber].First(), lied.CreatedAt),

                SeenOtherwise = seen.TryGetValue(card.Id, out var otherwise) ? otherwise : null,

                // A repair since then gave the card new keys and a new passcode, with its cardholder there.
                Alarms =
                [
                    .. alarms[card.Id].DistinctBy(n => n.AlarmDigest).Where(n => repaired[card.Id].All(at => at < n.AlarmRaisedAt)).OrderByDescending(n => n.AlarmRaisedAt)
                        .Select(n => (CardholderAlarms.Sentence(n, zone), n.AlarmRaisedAt!.Value)),
                ],
            };
        }
    }

    /// <summary>The last word of each key is among the newest; a card that was turned away this often is looked after already.</summary>
    private static Task<List<SightingEvent>> LastSeen(RegistryContext registry, Guid smartcardId, CancellationToken cancellation) => registry.AuditEvents
        .Where(e => e.SmartcardId == smartcardId && Sighting.Kinds.Contains(e.Kind)).OrderByDescending(e => e.Sequence).Take(MostSightings)
        .Select(e => new SightingEvent(e.Kind, e.Facts, e.At, e.AgentId)).ToListAsync(cancellation);
}
