using Evercard.Agent.CardScripts;
using Evercard.Agent.Link;
using Evercard.Cards;
using Evercard.Cards.Readers;
using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>What every act on a card has in common: the link, the reader's turn, the right card, one request and its scripts.</summary>
internal sealed class CardActs(
    CardsAtHand cards, ReaderTurns turns, ActsUnderWay acts, CardGreetings greetings, ServerLink link, PendingRequests requests, string agentId,
    TimeProvider time)
{
    private readonly Epochs epochs = new();

    /// <param name="ask">What is wanted, of which card, with which passcodes: zeroed when this returns.</param>
    /// <param name="request">Makes the request with this id.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<AgentOutcome<T>> Run<T>(ActAsked ask, Func<string, Message> request, IProgress<Progress>? progress, CancellationToken cancellation)
        where T : Message
    {
        using var held = ask.Passcode;
        using var chosen = ask.Chosen;
        var reader = ask.Reader;
        if (!link.IsUp)
        {
            return new AgentOutcome<T>.Refused(AgentRefusals.ServiceUnreachable);
        }

        if (acts.Has(reader))
        {
            return new AgentOutcome<T>.Refused(AgentRefusals.CardBusy);
        }

        using var turn = await turns.Take(reader, ReaderTurns.Within, cancellation);
        if (turn is null)
        {
            return new AgentOutcome<T>.Refused(AgentRefusals.CardBusy);
        }

        try
        {
            var card = cards.Required(reader);
            if (ask.Insertion is { } asked && card.EventCount != asked)
            {
                return new AgentOutcome<T>.Refused(AgentRefusals.CardRemoved);
            }

            // The server answers acts only on cards that it was shown on this link. A card that it refused is asked about
            // all the same: it answers with the same refusal, and records that the act was tried.
            if (!greetings.IsShown(card) && await greetings.See(reader, cancellation) is AgentOutcome<CardGreeting>.Refused { Message: var unseen } && IsOurs(unseen))
            {
                return new AgentOutcome<T>.Refused(unseen);
            }

            var connection = await cards.Connect(reader, CardAccess.ToAct, cancellation);
            await using var act = new RunningAct(
                ask.Kind, connection, card, cards.Look, held, chosen, link.ServerOrigin, agentId, epochs, time);
            acts.Begin(reader, act);
            try
            {
                var id = PendingRequests.NewId();
                var outcome = await requests.Ask<T>(request(id), id, link.Send, progress, cancellation);
                return outcome is AgentOutcome<T>.Done done ? done with { Insertion = card.EventCount } : outcome;
            }
            finally
            {
                acts.End(reader);
                greetings.GreetIfUnseen(reader);
            }
        }
        catch (CardConnectionException e)
        {
            return new AgentOutcome<T>.Refused(AgentRefusals.Of(e.Failure));
        }
    }

    /// <summary>The server did not take in what was asked: this agent refused by itself.</summary>
    private static bool IsOurs(Refused refused) => refused == AgentRefusals.ServiceUnreachable || refused == AgentRefusals.Unexpected;
}

/// <summary>An act that the user wishes.</summary>
/// <param name="Kind">Decides which commands are let through.</param>
/// <param name="Reader">The reader's name.</param>
/// <param name="Insertion">That of the card which the user was told of; null: whichever is in.</param>
/// <param name="Passcode">As typed for this act.</param>
/// <param name="Chosen">The new one, where one is chosen.</param>
internal sealed record ActAsked(CardAct Kind, string Reader, int? Insertion, HeldPasscode Passcode, HeldPasscode? Chosen = null)
{
    public override string ToString() => $"{nameof(ActAsked)} {Kind}";
}
