using Evercard.Cards.Scripts;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Evercard.Server.Computers;
using Evercard.Server.Refusals;

namespace Evercard.Server.Unlock;

/// <summary>Another passcode without the old one, as an agent asks for it once the cardholder has chosen.</summary>
public sealed class UnlockRequests(DeskOpening opening, Lifecycle.Unlock.Unlock unlock, SessionLife sessions, AgentLinkOptions link, Wakeups wakeups)
{
    /// <returns>PasscodeChanged or Refused.</returns>
    public async Task<Message> Answer(AgentConnection agent, Protocol.Unlock request, CancellationToken cancellation)
    {
        if (agent.Cards.Find(request.Reader) is not { SmartcardId: { } smartcardId } || !Guid.TryParseExact(request.OperationId, "N", out var operationId))
        {
            return (ComputerRefusals.For(agent, link) ?? Lifecycle.Refusals.CardUnknown()).ToMessage(request.RequestId);
        }

        if (ComputerRefusals.For(agent, link) is { } unfit)
        {
            await opening.RecordRefusal(Act.Unlock, smartcardId, agent.AgentId, unfit, cancellation);
            return unfit.ToMessage(request.RequestId);
        }

        var sessionId = Lifecycle.LogIn.LogIn.SessionId(request.SessionId);
        await sessions.EndIfOverdue(sessionId, cancellation);
        var opened = await opening.Begin(Act.Unlock, operationId, smartcardId, sessionId, agent.AgentId, cancellation);
        if (opened is DeskOpened.Refused no)
        {
            return no.Refusal.ToMessage(request.RequestId);
        }

        var at = (DeskOpened.At)opened;
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
