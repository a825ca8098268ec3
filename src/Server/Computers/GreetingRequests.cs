using Evercard.Lifecycle;
using Evercard.Lifecycle.Greeting;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Refusals;
using CardGreeting = Evercard.Lifecycle.Greeting.CardGreeting;

namespace Evercard.Server.Computers;

/// <summary>Tells agents whose card they see, before any passcode, and remembers it with the link.</summary>
public sealed class GreetingRequests(CardGreetings greetings, LifecycleOptions options, TimeProvider time)
{
    /// <param name="agent">The computer with the card.</param>
    /// <param name="request">What it saw.</param>
    /// <param name="first">
    /// What becomes of log-ins with a card that is known, before the greeting is sent: an agent that is told of an end only afterwards has taken
    /// the log-in up again already, and opens no window for the card.
    /// </param>
    /// <param name="cancellation">The server stops.</param>
    public async Task Answer(AgentConnection agent, SeeCard request, Func<Guid, Task> first, CancellationToken cancellation)
    {
        var greeting = await greetings.Greet(request.HasPivApplication, request.Chuid, request.TriesLeft, cancellation);
        var refusal = greeting switch
        {
            CardGreeting.Refused refused => refused.Refusal,
            // Only the registration authority goes on with such a card.
            CardGreeting.Known { Unfinished: { Code: "ISSUANCE-UNFINISHED" } unfinished, Help: var help } => unfinished with { Help = help },
            _ => null,
        };

        // Acts are for cards that were greeted as known: a CHUID alone may be anybody's copy.
        var known = refusal is null ? (CardGreeting.Known)greeting : null;
        var onTheBooks = greeting switch
        {
            CardGreeting.Refused refused => refused.SmartcardId,
            CardGreeting.Known one => one.SmartcardId,
            _ => null,
        };
        if (!agent.Cards.TryPut(request.Reader, new SeenCard(request.Insertion, onTheBooks, refusal)))
        {
            await agent.Send(AgentLinkRefusals.TooManyReaders(request.RequestId), cancellation);
            return;
        }

        if (known is not null)
        {
            await first(known.SmartcardId);
        }

        await agent.Send(known is null ? refusal!.ToMessage(request.RequestId) : Message(request.RequestId, known), cancellation);
    }

    private Protocol.CardGreeting Message(string requestId, CardGreeting.Known known)
    {
        var now = time.GetUtcNow();
        var state = known switch
        {
            { Unfinished.Code: "RENEWAL-UNFINISHED" } => CardStanding.RenewalUnfinished,
            { Unfinished: not null } => CardStanding.RepairUnfinished,
            { NotAfter: null } => CardStanding.Blank,
            _ when now >= Expiry.WindowOpens(known.NotAfter.Value, options.RenewalWindowDays, options.TimeZone) => CardStanding.RenewalDue,
            _ => CardStanding.Good,
        };
        return new Protocol.CardGreeting(
            requestId, state, known.HolderName, known.SerialNumber, known.NotAfter,
            known.NotAfter is { } end ? Expiry.DaysLeft(now, end, options.TimeZone) : null, known.StoppedOn, known.StoppedAt,
            known.Help?.Split('\n'));
    }
}
