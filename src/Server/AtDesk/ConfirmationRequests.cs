using Evercard.Cards.Scripts;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Evercard.Server.Computers;
using Evercard.Server.Refusals;

namespace Evercard.Server.AtDesk;

/// <summary>An operator's confirmation of an act on another person's card, as an agent asks for it.</summary>
public sealed class ConfirmationRequests(DeskOpening opening, OperatorConfirmation confirmation, SessionLife sessions, AgentLinkOptions link, Wakeups wakeups)
{
    /// <returns>ActConfirmed or Refused.</returns>
    public async Task<Message> Answer(AgentConnection agent, ConfirmAct request, CancellationToken cancellation)
    {
        if (agent.Cards.Find(request.Reader) is not { SmartcardId: { } smartcardId } || !Guid.TryParseExact(request.OperationId, "N", out var operationId))
        {
            return (ComputerRefusals.For(agent, link) ?? Lifecycle.Refusals.CardUnknown()).ToMessage(request.RequestId);
        }

        if (ComputerRefusals.For(agent, link) is { } unfit)
        {
            await opening.RecordRefusal(Act.Repair, null, agent.AgentId, unfit, cancellation);
            return unfit.ToMessage(request.RequestId);
        }

        var sessionId = Lifecycle.LogIn.LogIn.SessionId(request.SessionId);
        await sessions.EndIfOverdue(sessionId, cancellation);

        // An act of its own: the agent has seen epochs of the repair itself, where it is confirmed once more after a cut.
        var actId = $"confirm-{request.OperationId}";
        using var card = new RemoteCard(agent, request.Reader, CardAct.Confirmation, new ActBinding(agent.ServerOrigin, agent.AgentId, actId, 0));
        var refusal = await confirmation.Run(operationId, sessionId, smartcardId, card, cancellation);
        await agent.Send(new ActEnded(actId), cancellation);
        wakeups.Wake(operationId);
        return refusal is null
            ? new ActConfirmed(request.RequestId, request.OperationId)
            : refusal.Explain(card.LastRefusal, stale: ScriptRefusals.Failed(null)).ToMessage(request.RequestId);
    }
}
