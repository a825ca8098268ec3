using System.Security.Cryptography;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.CardTest;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Evercard.Server.Computers;
using Evercard.Server.Refusals;

namespace Evercard.Server.CardTest;

/// <summary>«Test this smartcard» as an agent asks for it.</summary>
public sealed class CardTestRequests(Lifecycle.CardTest.CardTest test, SessionLife sessions, AgentLinkOptions link, Wakeups wakeups)
{
    /// <returns>CardTested or Refused.</returns>
    public async Task<Message> Answer(AgentConnection agent, TestCard request, CancellationToken cancellation)
    {
        if (agent.Cards.Find(request.Reader) is not { SmartcardId: { } smartcardId } || ComputerRefusals.For(agent, link) is not null)
        {
            return (ComputerRefusals.For(agent, link) ?? Lifecycle.Refusals.CardUnknown()).ToMessage(request.RequestId);
        }

        var sessionId = Lifecycle.LogIn.LogIn.SessionId(request.SessionId);
        await sessions.EndIfOverdue(sessionId, cancellation);
        var actId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        using var card = new RemoteCard(agent, request.Reader, CardAct.Test, new ActBinding(agent.ServerOrigin, agent.AgentId, actId, 0));
        var outcome = await test.Run(smartcardId, sessionId, card, cancellation);
        await agent.Send(new ActEnded(actId), cancellation);
        wakeups.Wake(smartcardId);
        return outcome switch
        {
            CardTestOutcome.Tested tested => new CardTested(request.RequestId, tested.LogIn, tested.Signature, tested.Accepted),
            CardTestOutcome.Refused refused => refused.Refusal.Explain(card.LastRefusal, stale: ScriptRefusals.Failed(null)).ToMessage(request.RequestId),
            _ => throw new InvalidOperationException("A test has a result or is refused."),
        };
    }
}
