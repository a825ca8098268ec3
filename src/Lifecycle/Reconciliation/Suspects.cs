using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>
/// Cards with bad news in the audit trail, read from where the last look ended: the trail is too long to be read for each page. Memory of what the trail
/// says and no more: another node, or this one after a start, reads the same.
/// </summary>
internal sealed class Suspects
{
    private const int Batch = 5_000;

    private readonly Lock gate = new();
    private readonly HashSet<Guid> cards = [];
    private long? read;

    /// <param name="database">Where the trail is.</param>
    /// <param name="since">Events before are not looked at.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The cards, and the event up to which the trail was read.</returns>
    public async Task<(IReadOnlyCollection<Guid> Cards, long Head)> Find(Database database, DateTimeOffset since, CancellationToken cancellation)
    {
        long? from;
        lock (gate)
        {
            from = read;
        }

        // Backwards from the end of the trail, along its own order: there is no other index for it.
        var at = from ?? await database.Read(
            r => r.Registry.AuditEvents.OrderByDescending(e => e.Sequence).Where(e => e.At < since).Select(e => e.Sequence).FirstOrDefaultAsync(cancellation), cancellation);
        var head = await database.Read(r => r.Registry.AuditEvents.MaxAsync(e => (long?)e.Sequence, cancellation), cancellation) ?? 0;
        var found = new HashSet<Guid>();
        for (; at < head; at += Batch)
        {
            var (after, upTo) = (at, Math.Min(at + Batch, head));
            var events = await database.Read(
                r => r.Registry.AuditEvents.Where(e => e.Sequence > after && e.Sequence <= upTo && e.SmartcardId != null && Sighting.Bad.Contains(e.Kind))
                    .Select(e => new { e.SmartcardId, Seen = new SightingEvent(e.Kind, e.Facts, e.At, e.AgentId) }).ToListAsync(cancellation),
                cancellation);
            found.UnionWith(events.Where(e => Sighting.IsBad(e.Seen)).Select(e => e.SmartcardId!.Value));
        }

        lock (gate)
        {
            cards.UnionWith(found);
            read = Math.Max(read ?? 0, head);
            return ([.. cards], head);
        }
    }

    /// <summary>They were looked at, and all is well: the next bad news brings them back.</summary>
    /// <param name="well">The cards.</param>
    /// <param name="head">As <see cref="Find"/> said it. Whoever read on meanwhile may have found one of them anew.</param>
    public void Clear(IEnumerable<Guid> well, long head)
    {
        lock (gate)
        {
            if (read == head)
            {
                cards.ExceptWith(well);
            }
        }
    }
}
