using Evercard.Lifecycle.Keys;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Renewal;

/// <summary>What a renewal would come to now, before anything is asked for.</summary>
/// <param name="Refusal">What the policy would say; null where a renewal may begin.</param>
/// <param name="Unfinished">A renewal that was begun and waits to be finished; null where there is none.</param>
/// <param name="IsUnderWayElsewhere">Another computer is working on it at this moment.</param>
public sealed record RenewalOutlook(Refusal? Refusal, Operation? Unfinished, bool IsUnderWayElsewhere);

/// <summary>Looks ahead for pages: nothing is opened and nothing is written. The opening asks the same policy again.</summary>
public sealed class RenewalOutlooks(Database database, LifecycleOptions options, TimeProvider time)
{
    /// <param name="sessionId">A live log-in, as the registry knows it.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public Task<RenewalOutlook> For(string sessionId, CancellationToken cancellation) =>
        database.Read(
            async records =>
            {
                var (registry, now) = (records.Registry, time.GetUtcNow());
                var session = await registry.Sessions.SingleAsync(s => s.Id == sessionId, cancellation);
                var card = await registry.Smartcards.SingleAsync(c => c.Id == session.SmartcardId, cancellation);
                var person = await registry.People.SingleAsync(p => p.Uuid == card.PersonUuid, cancellation);
                var open = await registry.Operations.SingleOrDefaultAsync(
                    o => o.SmartcardId == card.Id && o.Act == Act.Renewal && (o.State == OperationState.Open || o.State == OperationState.Waiting), cancellation);
                var begun = open is not null && await registry.IsBegun(open.Id, cancellation) ? open : null;
                var facts = await RenewalOpening.Facts(registry, card, person, person, session, now, cancellation);
                var elsewhere = begun is { State: OperationState.Open } && begun.AgentId != session.AgentId && begun.TouchedAt + options.UnderWayFor > now;
                return new RenewalOutlook(begun is null ? RenewalPolicy.Refuse(facts, options) : null, begun, elsewhere);
            },
            cancellation);
}
