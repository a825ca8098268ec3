using System.Collections.Concurrent;
using Evercard.Cards.Piv;
using Evercard.Lifecycle;
using Evercard.Registry;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Dashboard;

/// <summary>What waits for those who manage smartcards at an organisation: for a look at the beginning of the day.</summary>
/// <param name="RepairsUnfinished">Repairs of its people's cards that were begun and not finished.</param>
/// <param name="CardsExpired">Cards of its people that need Repair before they log in again.</param>
public sealed record WorkToday(int RepairsUnfinished, int CardsExpired)
{
    /// <summary>"Today: 2 repairs unfinished, 5 cards expired in your organisation".</summary>
    public string Words => $"Today: {Count(RepairsUnfinished, "repair")} unfinished, {Count(CardsExpired, "card")} expired in your organisation";

    private static string Count(int count, string what) => count switch
    {
        0 => $"no {what}s",
        1 => $"1 {what}",
        _ => $"{count} {what}s",
    };
}

/// <summary>Counts it, one query each.</summary>
public sealed class WorkCounts(Database database, TimeProvider time)
{
    /// <summary>Cards expire at midnight, and a repair takes minutes: whoever opens the dashboard need not wait for each of thousands to be looked at.</summary>
    private static readonly TimeSpan CardsAreGoodFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, int Cards)> counted = new(StringComparer.Ordinal);

    /// <param name="organisationCode">The home organisation of the cardholders.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<WorkToday> Of(string organisationCode, CancellationToken cancellation) => database.Read(
        async records =>
        {
            var now = time.GetUtcNow();
            if (!counted.TryGetValue(organisationCode, out var last) || (now - last.At).Duration() > CardsAreGoodFor)
            {
                last = counted[organisationCode] = (now, await ExpiredCards(records.Registry, organisationCode, now).CountAsync(cancellation));
            }

            return new WorkToday(await UnfinishedRepairs(records.Registry, organisationCode).CountAsync(cancellation), last.Cards);
        },
        cancellation);

    /// <summary>Begins at the few acts that are unfinished. The index of those on keys leaves unlocks out, and is only used where that is said.</summary>
    public static IQueryable<Guid> UnfinishedRepairs(RegistryContext registry, string organisationCode) => registry.Operations
        .Where(o => (o.State == OperationState.Open || o.State == OperationState.Waiting) && o.Act != Act.Unlock && o.Act == Act.Repair)
        .Join(registry.People.Where(p => p.OrganisationCode == organisationCode), o => o.PersonUuid, p => p.Uuid, (o, _) => o.SmartcardId);

    /// <summary>Begins at the people of the organisation. Both certificates of a card end together: the one that logs in stands for the card.</summary>
    public static IQueryable<Guid> ExpiredCards(RegistryContext registry, string organisationCode, DateTimeOffset now) => registry.People
        .Where(p => p.OrganisationCode == organisationCode && p.Status == PersonStatus.Active)
        .Join(registry.Smartcards.Where(c => c.Status == SmartcardStatus.InUse), p => p.Uuid, c => c.PersonUuid, (_, c) => c.Id)
        .Join(
            registry.Credentials.Where(c => c.Status == CredentialStatus.Current && c.KeyReference == (byte)KeyReference.Authentication && c.NotAfter < now),
            id => id,
            c => c.SmartcardId,
            (id, _) => id);
}
