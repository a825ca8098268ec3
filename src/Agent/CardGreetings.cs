using Evercard.Agent.Link;
using Evercard.Cards;
using Evercard.Cards.Readers;
using Evercard.Protocol;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent;

/// <summary>Shows the cards of this computer to the server: each that comes, all of them on a new link, and any before its act.</summary>
/// <param name="greeted">Told how each card was greeted that nobody asked about; must not block.</param>
/// <param name="seen">Told how each insertion was greeted, whoever asked; must not block.</param>
/// <param name="known">Keeps what is known of each card.</param>
internal sealed class CardGreetings(
    IReaders readers, CardsAtHand cards, ReaderTurns turns, ActsUnderWay acts, ServerLink link, PendingRequests requests,
    Action<string, AgentOutcome<CardGreeting>> greeted, Action<string, int, AgentOutcome<CardGreeting>> seen, CardsInReaders known, ILogger log)
{
    private readonly ShownCards shown = new(gone => _ = link.Send(gone, CancellationToken.None));

    /// <summary>Whether the server knows this very insertion.</summary>
    public bool IsShown(ReaderStatus card) => shown.IsShown(card);

    /// <summary>A new link, or none: the server knows nothing.</summary>
    public void Forget() => shown.Clear();

    /// <summary>A card left this reader.</summary>
    public void Left(string reader) => shown.Left(reader, cards.Look(reader));

    /// <summary>Reads the card without a passcode and asks the server what it can do.</summary>
    public async Task<AgentOutcome<CardGreeting>> Greet(string reader, CancellationToken cancellation)
    {
        using var turn = await turns.Take(reader, ReaderTurns.Within, cancellation);
        if (turn is null)
        {
            return new AgentOutcome<CardGreeting>.Refused(AgentRefusals.CardBusy);
        }

        try
        {
            return await See(reader, cancellation);
        }
        catch (CardConnectionException e)
        {
            return new AgentOutcome<CardGreeting>.Refused(AgentRefusals.Of(e.Failure));
        }
    }

    /// <summary>Shows the card in this reader to the server; the caller has the reader's turn.</summary>
    public async Task<AgentOutcome<CardGreeting>> See(string reader, CancellationToken cancellation)
    {
        var status = cards.Required(reader);
        CardLook card;
        using (var connection = await cards.Connect(reader, CardAccess.ToLook, cancellation))
        {
            card = await Task.Run(() => CardLook.At(connection), cancellation);
        }

        shown.Show(status);
        known.Came(reader, status.EventCount);
        known.Looked(reader, status.EventCount, card.TriesLeft);
        var id = PendingRequests.NewId();
        var outcome = await requests.Ask<CardGreeting>(
            new SeeCard(id, reader, card.Chuid, card.HasPivApplication, status.EventCount, card.TriesLeft), id, link.Send, null, cancellation);
        known.Greeted(reader, status.EventCount, outcome);
        if (outcome is AgentOutcome<CardGreeting>.Done done)
        {
            outcome = done with { Insertion = status.EventCount };
        }
        else
        {
            shown.Refuse(status);
        }

        seen(reader, status.EventCount, outcome);
        return outcome;
    }

    /// <summary>News of cards are not followed up during an act: a card that was swapped meanwhile is greeted now.</summary>
    public void GreetIfUnseen(string reader)
    {
        if (cards.Look(reader) is { CardPresent: true } now && !shown.IsShown(now))
        {
            GreetLater(reader, CancellationToken.None);
        }
    }

    /// <summary>A new link: the server knows nothing of the cards that are in.</summary>
    public void GreetAll()
    {
        try
        {
            foreach (var reader in readers.List().Where(one => one.CardPresent))
            {
                GreetLater(reader.Name, CancellationToken.None);
            }
        }
        catch (CardConnectionException)
        {
            // The watch greets them once the smartcard service is back.
        }
    }

    /// <summary>Not during an act: see <see cref="GreetIfUnseen"/>.</summary>
    public void GreetLater(string reader, CancellationToken cancellation)
    {
        if (!link.IsUp || acts.Has(reader))
        {
            return;
        }

        _ = Task.Run(
            async () =>
            {
                try
                {
                    var outcome = await Greet(reader, cancellation);
                    greeted(reader, outcome);
                }
                catch (Exception e)
                {
                    log.LogDebug(e, "A card could not be greeted");
                }
            },
            CancellationToken.None);
    }
}
