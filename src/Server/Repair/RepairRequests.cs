using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Renewal;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.AgentLink;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.Refusals;

namespace Evercard.Server.Repair;

/// <summary>The repair that the cardholder's passcode sets off, as an agent asks for it.</summary>
public sealed class RepairRequests(DeskBeginnings beginnings, Lifecycle.Repair.Repair repair, Wakeups wakeups, TimeProvider time)
{
    /// <returns>ActCompleted or Refused.</returns>
    public async Task<Message> Answer(AgentConnection agent, Protocol.Repair request, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var (begun, no) = await beginnings.Begin(agent, Act.Repair, request.RequestId, request.SessionId, request.Reader, request.OperationId, cancellation);
        if (begun is not var (smartcardId, at))
        {
            return no!;
        }

        using var card = new RemoteCard(agent, request.Reader, CardAct.Repair, new ActBinding(agent.ServerOrigin, agent.AgentId, request.OperationId, at.Epoch));
        var steps = new ToldSteps(agent, request.RequestId, started, time, () => Wake(smartcardId, at.OperationId));
        var outcome = await repair.Run(at, card, steps, cancellation);
        Wake(smartcardId, at.OperationId);
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
