using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Renewal;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Computers;
using Evercard.Server.Refusals;

namespace Evercard.Server.SelfRenewal;

/// <summary>A cardholder's renewal as an agent asks for it: from a session, or to finish what was begun.</summary>
public sealed class RenewalRequests(RenewalOpening opening, Renewal renewal, SeenCards cards, AgentLinkOptions link, TimeProvider time)
{
    public async Task Answer(AgentConnection agent, Renew request, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        if (ComputerRefusals.For(agent, link) is { } unfit)
        {
            await Refuse(unfit);
            return;
        }

        if (!cards.TryFind(agent, request.Reader, out var smartcardId))
        {
            await Refuse(cards.WhyNot(agent, request.Reader));
            return;
        }

        // Steps 3 and 4 of docs/renewal.md.
        var sessionId = request.SessionId is null ? null : Lifecycle.LogIn.LogIn.SessionId(request.SessionId);
        var opened = await opening.Open(new RenewalRequest(smartcardId, agent.AgentId, sessionId, request.TakeOver), cancellation);
        if (opened is RenewalOpened.Refused no)
        {
            await agent.Send(no.Refusal.ToMessage(request.RequestId), cancellation);
            return;
        }

        // Steps 6 to 13.
        var at = (RenewalOpened.At)opened;
        var actId = at.OperationId.ToString("N");
        using var card = new RemoteCard(agent, request.Reader, CardAct.Renewal, new ActBinding(agent.ServerOrigin, agent.AgentId, actId, at.Epoch));
        var outcome = await renewal.Run(at, card, new ToldSteps(agent, request.RequestId, started, time), cancellation);
        Message answer = outcome switch
        {
            RenewalOutcome.Completed done => new ActCompleted(
                request.RequestId, actId, done.OldNotAfter, done.NewNotAfter, done.Superseded, card.RoundTrips + 1,
                (long)Math.Ceiling(done.CardTime.TotalMilliseconds), (long)time.GetElapsedTime(started).TotalMilliseconds),
            RenewalOutcome.Refused refused => refused.Refusal.ToMessage(request.RequestId),
            _ => throw new InvalidOperationException("A renewal is completed or refused."),
        };
        await agent.Send(answer, cancellation);
        await agent.Send(new ActEnded(actId), cancellation);

        async Task Refuse(Lifecycle.Refusal refusal)
        {
            Guid? seen = cards.TryFind(agent, request.Reader, out var id) ? id : null;
            await opening.RecordRefusal(seen, agent.AgentId, refusal, cancellation);
            await agent.Send(refusal.ToMessage(request.RequestId), cancellation);
        }
    }

    /// <summary>Tells the agent each step as it begins; nobody waits for it.</summary>
    private sealed class ToldSteps(AgentConnection agent, string requestId, long started, TimeProvider time) : IProgress<RenewalProgress>
    {
        public void Report(RenewalProgress value) =>
            _ = agent.Send(new Progress(requestId, value.Step, value.Text, (long)time.GetElapsedTime(started).TotalMilliseconds), CancellationToken.None);
    }
}
