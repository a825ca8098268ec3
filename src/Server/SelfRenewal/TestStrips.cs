using Evercard.Lifecycle;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.SelfRenewal;

/// <summary>How far the cardholder has come with testing the renewed card.</summary>
/// <param name="Operation">The renewal.</param>
/// <param name="Removed">The card was taken out after it.</param>
/// <param name="Inserted">It is in the reader again.</param>
/// <param name="ConfirmedAt">When it logged in again; null where it has not yet.</param>
public sealed record TestStrip(Operation Operation, bool Removed, bool Inserted, DateTimeOffset? ConfirmedAt)
{
    public string Version => $"{Removed}{Inserted}{ConfirmedAt is not null}";
}

/// <summary>
/// Follows «log out by removing your smartcard, and then log back in». The browser that renewed may see it though its own log-in is over by
/// then: that is what it is to show.
/// </summary>
public sealed class TestStrips(Database database, ConnectedAgents connected)
{
    /// <param name="who">The browser, logged in or no more.</param>
    /// <param name="reference">EV-XXXX-XX.</param>
    /// <param name="cancellation">The browser is gone.</param>
    /// <returns>Null where this is no finished renewal of that browser's card.</returns>
    public Task<TestStrip?> For(SignedIn who, string reference, CancellationToken cancellation) =>
        database.Read<TestStrip?>(
            async records =>
            {
                var registry = records.Registry;
                var operation = await registry.Operations.SingleOrDefaultAsync(
                    o => o.Reference == reference && o.SmartcardId == who.Card.Id && o.Act == Act.Renewal && o.State == OperationState.Completed, cancellation);
                if (operation is null)
                {
                    return null;
                }

                var done = operation.ClosedAt!.Value;
                var later = await registry.Sessions.Where(s => s.SmartcardId == who.Card.Id && s.StartedAt > done).OrderBy(s => s.StartedAt).FirstOrDefaultAsync(cancellation);
                var removed = later is not null || await registry.Sessions.AnyAsync(
                    s => s.SmartcardId == who.Card.Id
                        && ((s.EndedAt > done && s.EndedBecause == Session.SmartcardRemoved) || (s.SuspendedAt > done && s.SuspendedBecause == Session.SmartcardRemoved)),
                    cancellation);
                var isIn = connected.TryFind(who.Browser.AgentId, out var agent) && agent.Cards.ReaderOf(who.Card.Id) is not null;
                return new TestStrip(operation, removed, removed && (isIn || later is not null), later?.StartedAt);
            },
            cancellation);
}
