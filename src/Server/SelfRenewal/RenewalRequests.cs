using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Renewal;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Evercard.Server.Computers;
using Evercard.Server.Refusals;

namespace Evercard.Server.SelfRenewal;

/// <summary>A renewal as an agent asks for it: from the cardholder's session, from that of somebody who helps, or to finish what was begun.</summary>
public sealed class RenewalRequests(RenewalOpening opening, Renewal renewal, SessionLife sessions, AgentLinkOptions link, Wakeups wakeups, TimeProvider time)
{
    /// <returns>ActCompleted or Refused.</returns>
    public async Task<Message> Answer(AgentConnection agent, Renew request, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        if (agent.Cards.Find(request.Reader) is not { } seen)
        {
            // Nothing is written: any peer may ask so as often as it likes.
            return (ComputerRefusals.For(agent, link) ?? Lifecycle.Refusals.CardUnknown()).ToMessage(request.RequestId);
        }

        // One that expired while its holder was logged in: the policy says so in the words of a renewal.
        var atGreeting = request.SessionId is not null && seen.Refusal?.Code == "CARD-EXPIRED" ? null : seen.Refusal;
        if ((ComputerRefusals.For(agent, link) ?? atGreeting) is { } unfit)
        {
            await opening.RecordRefusal(seen.SmartcardId, agent.AgentId, unfit, cancellation);
            return unfit.ToMessage(request.RequestId);
        }

        // Steps 3 and 4 of docs/renewal.md.
        var sessionId = request.SessionId is null ? null : Lifecycle.LogIn.LogIn.SessionId(request.SessionId);
        if (sessionId is not null)
        {
            await sessions.EndIfOverdue(sessionId, cancellation);
        }

        var opened = await opening.Open(new RenewalRequest(seen.SmartcardId!.Value, agent.AgentId, sessionId, request.TakeOver, request.ForCardholder), cancellation);
        if (opened is RenewalOpened.Refused no)
        {
            return no.Refusal.ToMessage(request.RequestId);
        }

        // Steps 6 to 13.
        var at = (RenewalOpened.At)opened;
        var actId = at.OperationId.ToString("N");
        using var card = new RemoteCard(agent, request.Reader, CardAct.Renewal, new ActBinding(agent.ServerOrigin, agent.AgentId, actId, at.Epoch));
        var outcome = await renewal.Run(at, card, new ToldSteps(agent, request.RequestId, started, time, () => wakeups.Wake(seen.SmartcardId.Value)), cancellation);
        wakeups.Wake(seen.SmartcardId.Value);
        await agent.Send(new ActEnded(actId), cancellation);
        return outcome switch
        {
            RenewalOutcome.Completed done => new ActCompleted(
                request.RequestId, actId, done.OldNotAfter, done.NewNotAfter, done.Superseded, card.RoundTrips + 1,
                (long)Math.Ceiling(done.CardTime.TotalMilliseconds), (long)time.GetElapsedTime(started).TotalMilliseconds),
            RenewalOutcome.Refused refused => refused.Refusal
                .Explain(card.LastRefusal, stale: Lifecycle.Refusals.TakenOver(at.Reference)).ToMessage(request.RequestId),
            _ => throw new InvalidOperationException("A renewal is completed or refused."),
        };
    }
}
