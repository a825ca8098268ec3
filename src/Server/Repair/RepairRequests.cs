using Evercard.Cards.Scripts;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Renewal;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Evercard.Server.Computers;
using Evercard.Server.Refusals;

namespace Evercard.Server.Repair;

/// <summary>The repair that the cardholder's passcode sets off, as an agent asks for it.</summary>
public sealed class RepairRequests(
    DeskOpening opening, Lifecycle.Repair.Repair repair, SessionLife sessions, AgentLinkOptions link, Wakeups wakeups, TimeProvider time)
{
    /// <returns>ActCompleted or Refused.</returns>
    public async Task<Message> Answer(AgentConnection agent, Protocol.Repair request, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        if (agent.Cards.Find(request.Reader) is not { SmartcardId: { } smartcardId } || !Guid.TryParseExact(request.OperationId, "N", out var operationId))
        {
            return (ComputerRefusals.For(agent, link) ?? Lifecycle.Refusals.CardUnknown()).ToMessage(request.RequestId);
        }

        if (ComputerRefusals.For(agent, link) is { } unfit)
        {
            await opening.RecordRefusal(Act.Repair, smartcardId, agent.AgentId, unfit, cancellation);
            return unfit.ToMessage(request.RequestId);
        }

        var sessionId = Lifecycle.LogIn.LogIn.SessionId(request.SessionId);
        await sessions.EndIfOverdue(sessionId, cancellation);
        var opened = await opening.Begin(Act.Repair, operationId, smartcardId, sessionId, agent.AgentId, cancellation);
        if (opened is DeskOpened.Refused no)
        {
            return no.Refusal.ToMessage(request.RequestId);
        }

        var at = (DeskOpened.At)opened;
        using var card = new RemoteCard(agent, request.Reader, CardAct.Repair, new ActBinding(agent.ServerOrigin, agent.AgentId, request.OperationId, at.Epoch));
        var steps = new ToldSteps(agent, request.RequestId, started, time, () => Wake(smartcardId, operationId));
        var outcome = await repair.Run(at, card, steps, cancellation);
        Wake(smartcardId, operationId);
        await agent.Send(new ActEnded(request.OperationId), cancellation);
        return outcome switch
        {
            RenewalOutcome.Completed done => new ActCompleted(
                request.RequestId, request.OperationId, done.OldNotAfter, done.NewNotAfter, done.Superseded, card.RoundTrips + 1,
                (long)Math.Ceiling(done.CardTime.TotalMilliseconds), (long)time.GetElapsedTime(started).TotalMilliseconds),
            RenewalOutcome.Refused refused => refused.Refusal.Explain(card.LastRefusal, stale: Lifecycle.Refusals.TakenOver(at.Reference, "repair")).ToMessage(request.RequestId),
            _ => throw new InvalidOperationException("A repair is completed or refused."),
        };
    }

    private void Wake(Guid smartcardId, Guid operationId)
    {
        wakeups.Wake(smartcardId);
        wakeups.Wake(operationId);
    }
}
