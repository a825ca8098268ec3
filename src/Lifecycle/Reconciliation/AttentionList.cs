using Evercard.Registry.Computers;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>A card that needs attention, and why.</summary>
/// <param name="SmartcardId">The card.</param>
/// <param name="SerialNumber">Printed on it.</param>
/// <param name="PersonUuid">Of its cardholder.</param>
/// <param name="FullName">Of its cardholder.</param>
/// <param name="Finding">What was found.</param>
public sealed record AttentionItem(Guid SmartcardId, string SerialNumber, string PersonUuid, string FullName, Finding Finding);

/// <summary>Cards that need somebody's attention. It is derived from what is in the database each time: whatever is put right is no longer in it.</summary>
public sealed class AttentionList(Database database, LifecycleOptions options, TimeProvider time)
{
    private const int Batch = 200;

    private readonly Suspects suspects = new();

    /// <param name="organisations">Codes of the home organisations of cardholders; null: all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The most urgent first: by kind, then by what has to be done soonest, then by what waits longest.</returns>
    public async Task<IReadOnlyList<AttentionItem>> Of(IReadOnlyCollection<string>? organisations, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var alarmsSince = now.AddDays(-options.AlarmShownDays);
        var (suspected, head) = await suspects.Find(database, alarmsSince, cancellation);
        var candidates = await database.Read(
            async records =>
            {
                var registry = records.Registry;
                var ids = new HashSet<Guid>();
                foreach (var query in AttentionQueries.Candidates(registry, organisations, alarmsSince))
                {
                    ids.UnionWith(await query.ToListAsync(cancellation));
                }

                foreach (var some in suspected.Chunk(Batch))
                {
                    ids.UnionWith(await AttentionQueries.Among(registry, organisations, some).ToListAsync(cancellation));
                }

                if (await registry.Agents.AnyAsync(a => a.Status == AgentStatus.Quarantined, cancellation))
                {
                    ids.UnionWith(await AttentionQueries.MadeByLiars(registry, organisations).ToListAsync(cancellation));
                }

                return ids;
            },
            cancellation);
        var items = new List<AttentionItem>();
        foreach (var ids in candidates.Chunk(Batch))
        {
            var read = await database.Read(r => AttentionReader.Of(r, ids, suspected, alarmsSince, options.TimeZone, cancellation), cancellation);
            suspects.Clear(read.Where(one => one.Facts.SeenOtherwise is null).Select(one => one.Card.Id), head);
            foreach (var one in read)
            {
                items.AddRange(CardRule.Of(one.Facts, now, options).Select(found => new AttentionItem(one.Card.Id, one.Card.SerialNumber, one.Card.PersonUuid, one.FullName, found)));
            }
        }

        return
        [
            .. items.OrderBy(i => i.Finding.Kind).ThenBy(i => i.Finding.Until ?? DateTimeOffset.MaxValue).ThenBy(i => i.Finding.Since)
                .ThenBy(i => i.FullName, StringComparer.Ordinal).ThenBy(i => i.SmartcardId),
        ];
    }

    /// <summary>Names of computers whose agents handed in something false, in their order.</summary>
    public Task<List<string>> Liars(CancellationToken cancellation) => database.Read(
        r => r.Registry.Agents.Where(a => a.Status == AgentStatus.Quarantined).OrderBy(a => a.ComputerName).Select(a => a.ComputerName).ToListAsync(cancellation), cancellation);
}
