using System.Collections.Concurrent;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Reconciliation;
using Evercard.Lifecycle.Roles;
using Evercard.Server.Browsers;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Attention;

/// <summary>The cards that need attention within the organisations of a role.</summary>
public sealed class AttentionScope(Database database, AttentionList list, TimeProvider time)
{
    /// <summary>Whoever opens the dashboard need not wait for all cards of a region to be looked at each time.</summary>
    private static readonly TimeSpan CountIsGoodFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, int Cards)> counted = new(StringComparer.Ordinal);

    /// <returns>The most urgent first.</returns>
    public async Task<IReadOnlyList<AttentionItem>> Of(SignedIn who, CancellationToken cancellation)
    {
        var organisations = await database.Read(
            r => r.Registry.Organisations.Where(RoleScope.CoveredBy(who.Organisation.Code)).Select(o => o.Code).ToListAsync(cancellation), cancellation);
        var items = await list.Of(organisations, cancellation);
        counted[who.Organisation.Code] = (time.GetUtcNow(), Cards(items));
        return items;
    }

    /// <returns>How many cards; up to a minute old.</returns>
    public async Task<int> Count(SignedIn who, CancellationToken cancellation) =>
        counted.TryGetValue(who.Organisation.Code, out var last) && (time.GetUtcNow() - last.At).Duration() < CountIsGoodFor
            ? last.Cards
            : Cards(await Of(who, cancellation));

    /// <summary>One card may be there for two reasons.</summary>
    public static int Cards(IEnumerable<AttentionItem> items) => items.Select(item => item.SmartcardId).Distinct().Count();
}
