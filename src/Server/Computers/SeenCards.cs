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
    private readonly ConcurrentDictionary<(string AgentId, string Reader), Seen> seen = new();

    /// <param name="Link">An older link that ends late takes away nothing that was shown over its successor.</param>
    /// <param name="SmartcardId">Null where the card names none.</param>
    /// <param name="Insertion">The reader's count.</param>
    /// <param name="Refusal">What its greeting said, where it was no greeting.</param>
    private sealed record Seen(AgentConnection Link, Guid? SmartcardId, int Insertion, Refusal? Refusal);

    public bool TryFind(AgentConnection agent, string reader, out Guid smartcardId)
    {
        var found = Find(agent, reader)?.SmartcardId;
        smartcardId = found ?? default;
        return found is not null;
    }

    /// <summary>Why the card in this reader cannot be found: what its greeting said of it.</summary>
    public Refusal WhyNot(AgentConnection agent, string reader) =>
        Find(agent, reader)?.Refusal ?? Lifecycle.Refusals.CardUnknown();

    /// <summary>Forgets a card that left, unless another insertion was seen since.</summary>
    /// <returns>The card that is gone; null where it was not known, or is long replaced.</returns>
    public Guid? Gone(AgentConnection agent, string reader, int insertion) =>
        seen.TryGetValue((agent.AgentId, reader), out var card) && card.Insertion == insertion && seen.TryRemove(new((agent.AgentId, reader), card))
            ? card.SmartcardId
            : null;

    /// <summary>The card that was in the reader before this insertion; null where it is the same insertion.</summary>
    public Guid? Replaced(AgentConnection agent, string reader, int insertion) =>
        seen.TryGetValue((agent.AgentId, reader), out var card) && card.Insertion != insertion ? card.SmartcardId : null;

    /// <summary>Tells the agent whose card it is, before any passcode.</summary>
    public async Task Greet(AgentConnection agent, SeeCard request, CancellationToken cancellation)
    {
        var greeting = await greetings.Greet(request.HasPivApplication, request.Chuid, request.TriesLeft, cancellation);
        seen[(agent.AgentId, request.Reader)] = new Seen(
            agent, Chuid.TryDecode(request.Chuid, out var chuid) ? chuid.CardUuid : null, request.Insertion, (greeting as CardGreeting.Refused)?.Refusal);
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
        foreach (var shown in seen.Where(shown => shown.Value.Link == agent))
        {
            seen.TryRemove(shown);
        }
    }

    private Seen? Find(AgentConnection agent, string reader) =>
        seen.TryGetValue((agent.AgentId, reader), out var card) && card.Link == agent ? card : null;

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
