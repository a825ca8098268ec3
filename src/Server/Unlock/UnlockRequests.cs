using Evercard.Cards.Scripts;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.AgentLink;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.Refusals;

namespace Evercard.Server.Unlock;

/// <summary>Another passcode without the old one, as an agent asks for it once the cardholder has chosen.</summary>
public sealed class UnlockRequests(DeskBeginnings beginnings, Lifecycle.Unlock.Unlock unlock, Wakeups wakeups)
{
    /// <returns>PasscodeChanged or Refused.</returns>
    public async Task<Message> Answer(AgentConnection agent, Protocol.Unlock request, CancellationToken cancellation)
    {
        var (begun, no) = await beginnings.Begin(agent, Act.Unlock, request.RequestId, request.SessionId, request.Reader, request.OperationId, cancellation);
        if (begun is not var (smartcardId, at))
        {
            return no!;
        }

        wakeups.Wake(smartcardId);
        using var card = new RemoteCard(agent, request.Reader, CardAct.Unlock, new ActBinding(agent.ServerOrigin, agent.AgentId, request.OperationId, at.Epoch));
        var refusal = await unlock.Run(at, card, cancellation);
        wakeups.Wake(smartcardId);
        await agent.Send(new ActEnded(request.OperationId), cancellation);
        return refusal is null
            ? new PasscodeChanged(request.RequestId)
            : refusal.Explain(card.LastRefusal, stale: Lifecycle.Refusals.TakenOver(at.Reference, "unlock")).ToMessage(request.RequestId);
    }
}
