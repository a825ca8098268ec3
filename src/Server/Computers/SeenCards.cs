using System.Collections.Concurrent;
using Evercard.Cards.Piv.Objects;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Greeting;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Refusals;
using CardGreeting = Evercard.Lifecycle.Greeting.CardGreeting;

namespace Evercard.Server.Computers;

/// <summary>
/// Which card an agent says is in which of its readers. A hint, kept with the link that it came over and gone with it;
/// the card itself confirms it with 9B and its keys.
/// </summary>
public sealed class SeenCards(CardGreetings greetings, LifecycleOptions options, TimeProvider time)
{
    private sealed record Seen(Guid? SmartcardId, int Insertion, Refusal? Refusal);

    // By link and not by agent: an older link that ends late takes away nothing that was shown over its successor.
    private readonly ConcurrentDictionary<(AgentConnection Agent, string Reader), Seen> seen = new();

    public bool TryFind(AgentConnection agent, string reader, out Guid smartcardId)
    {
        var found = seen.TryGetValue((agent, reader), out var card) ? card.SmartcardId : null;
        smartcardId = found ?? default;
        return found is not null;
    }

    /// <summary>Why the card in this reader cannot be found: what its greeting said of it.</summary>
    public Refusal WhyNot(AgentConnection agent, string reader) =>
        seen.TryGetValue((agent, reader), out var card) && card.Refusal is { } refusal ? refusal : Lifecycle.Refusals.CardUnknown();

    /// <summary>Forgets a card that left, unless another insertion was seen since.</summary>
    /// <returns>The card that is gone; null where it was not known, or is long replaced.</returns>
    public Guid? Gone(AgentConnection agent, string reader, int insertion) =>
        seen.TryGetValue((agent, reader), out var card) && card.Insertion == insertion && seen.TryRemove(new((agent, reader), card))
            ? card.SmartcardId
            : null;

    /// <summary>The card that was in the reader before this insertion; null where it is the same insertion.</summary>
    public Guid? Replaced(AgentConnection agent, string reader, int insertion) =>
        seen.TryGetValue((agent, reader), out var card) && card.Insertion != insertion ? card.SmartcardId : null;

    /// <summary>Tells the agent whose card it is, before any passcode.</summary>
    public async Task Greet(AgentConnection agent, SeeCard request, CancellationToken cancellation)
    {
        var greeting = await greetings.Greet(request.HasPivApplication, request.Chuid, request.TriesLeft, cancellation);
        seen[(agent, request.Reader)] = new Seen(
            Chuid.TryDecode(request.Chuid, out var chuid) ? chuid.CardUuid : null, request.Insertion, (greeting as CardGreeting.Refused)?.Refusal);
        await agent.Send(
            greeting switch
            {
                CardGreeting.Known known => Message(request.RequestId, known),
                CardGreeting.Refused refused => refused.Refusal.ToMessage(request.RequestId),
                _ => throw new InvalidOperationException("A greeting is known or refused."),
            },
            cancellation);
    }

    public void Forget(AgentConnection agent)
    {
        foreach (var key in seen.Keys.Where(key => key.Agent == agent))
        {
            seen.TryRemove(key, out _);
        }
    }

    private Protocol.CardGreeting Message(string requestId, CardGreeting.Known known)
    {
        var now = time.GetUtcNow();
        var state = known switch
        {
            { Unfinished.Code: "RENEWAL-UNFINISHED" } => CardStanding.RenewalUnfinished,
            { Unfinished: not null } => CardStanding.RepairUnfinished,
            { NotAfter: null } => CardStanding.Blank,
            _ when known.NotAfter < now => CardStanding.Expired,
            _ when now >= Expiry.WindowOpens(known.NotAfter.Value, options.RenewalWindowDays, options.TimeZone) => CardStanding.RenewalDue,
            _ => CardStanding.Good,
        };
        return new Protocol.CardGreeting(
            requestId, state, known.HolderName, known.SerialNumber, known.NotAfter,
            known.NotAfter is { } end ? Expiry.DaysLeft(now, end, options.TimeZone) : null, known.StoppedOn, known.StoppedAt);
    }
}
