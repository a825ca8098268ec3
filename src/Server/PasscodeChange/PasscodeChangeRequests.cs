using System.Security.Cryptography;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.PasscodeChange;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Computers;
using Evercard.Server.Refusals;

namespace Evercard.Server.PasscodeChange;

/// <summary>A cardholder's change of passcode as an agent asks for it. Neither passcode comes here.</summary>
public sealed class PasscodeChangeRequests(Lifecycle.PasscodeChange.PasscodeChange change, SessionLife sessions, AgentLinkOptions link)
{
    /// <returns>PasscodeChanged or Refused.</returns>
    public async Task<Message> Answer(AgentConnection agent, SetNewPasscode request, CancellationToken cancellation)
    {
        if (agent.Cards.Find(request.Reader) is not { } seen)
        {
            // Nothing is written: any peer may ask so as often as it likes.
            return (ComputerRefusals.For(agent, link) ?? Lifecycle.Refusals.CardUnknown()).ToMessage(request.RequestId);
        }

        if ((ComputerRefusals.For(agent, link) ?? seen.Refusal) is { } unfit)
        {
            await change.RecordRefusal(seen.SmartcardId, agent.AgentId, unfit, cancellation);
            return unfit.ToMessage(request.RequestId);
        }

        var sessionId = Lifecycle.LogIn.LogIn.SessionId(request.SessionId);
        await sessions.EndIfOverdue(sessionId, cancellation);
        var actId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        using var card = new RemoteCard(agent, request.Reader, CardAct.PasscodeChange, new ActBinding(agent.ServerOrigin, agent.AgentId, actId, 0));
        var outcome = await change.Run(seen.SmartcardId!.Value, sessionId, card, cancellation);
        await agent.Send(new ActEnded(actId), cancellation);
        return outcome is PasscodeChangeOutcome.Refused refused
            ? refused.Refusal.Explain(card.LastRefusal, stale: ScriptRefusals.Failed(null)).ToMessage(request.RequestId)
            : new PasscodeChanged(request.RequestId);
    }
}
