using Evercard.Lifecycle;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Evercard.Server.Computers;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.ManageSmartcard;

/// <summary>A card that lies in a reader beside the operator.</summary>
/// <param name="Card">The card and its holder.</param>
/// <param name="Reader">The reader's name.</param>
public sealed record CardAtDesk(ManagedCard Card, string Reader);

/// <summary>
/// The computer at which somebody manages smartcards. A person's details are there for whoever has that person's card in a reader of the own
/// computer, at this moment, and for nobody else: knowing a card's number opens nothing.
/// </summary>
public sealed class Desk(
    ConnectedAgents connected, AgentLinkOptions link, Database database, ManagedCards cards, TimeProvider time)
{
    private static readonly string[] LockedCodes = ["CARD-LOCKED", "LOCKED-EXPIRED"];

    /// <summary>The readers, and what follows from them.</summary>
    public async Task<DeskView> Look(SignedIn who, CancellationToken cancellation)
    {
        if (!connected.TryFind(who.Browser.AgentId, out var agent))
        {
            return new DeskView([], null, [], Lifecycle.Refusals.AgentMissing());
        }

        if (ComputerRefusals.For(agent, link) is { } refusal)
        {
            return new DeskView([], null, [], refusal);
        }

        var theirs = await database.Read(
            r => r.Registry.Smartcards.Where(c => c.PersonUuid == who.Person.Uuid && c.Id != who.Card.Id).Select(c => c.Id).ToListAsync(cancellation), cancellation);
        return DeskView.Of(agent.Readers.All, agent.Cards.Shown, who.Card.Id, theirs.ToHashSet(), time.GetUtcNow());
    }

    /// <returns>Null where this card is in no reader of the operator's computer now.</returns>
    public async Task<CardAtDesk?> Find(SignedIn who, Guid smartcardId, CancellationToken cancellation)
    {
        // While the operator's own card is out, nobody stands at the desk.
        if (who.IsSuspended || !connected.TryFind(who.Browser.AgentId, out var agent) || agent.Cards.ReaderOf(smartcardId) is not { } reader
            || agent.Cards.Find(reader) is not { } seen)
        {
            return null;
        }

        var card = await cards.Find(smartcardId, LockedCodes.Contains(seen.Refusal?.Code), cancellation);
        return card is null ? null : new CardAtDesk(card, reader);
    }
}
