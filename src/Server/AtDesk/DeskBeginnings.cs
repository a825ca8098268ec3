using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.AgentLink;
using Evercard.Server.Computers;
using Evercard.Server.Refusals;

namespace Evercard.Server.AtDesk;

/// <summary>An act that a cardholder's passcode has set off.</summary>
/// <param name="SmartcardId">The card that the agent showed.</param>
/// <param name="At">Operation and epoch.</param>
public sealed record BegunAct(Guid SmartcardId, DeskOpened.At At);

/// <summary>How every confirmed act at a desk begins when an agent asks for it: a card that was shown, a fit computer, a log-in that is not over.</summary>
public sealed class DeskBeginnings(DeskOpening opening, SessionLife sessions, AgentLinkOptions link)
{
    /// <param name="agent">The computer at the desk.</param>
    /// <param name="act">What is asked for.</param>
    /// <param name="requestId">Names the answer.</param>
    /// <param name="sessionId">The operator's log-in, as the agent was told it.</param>
    /// <param name="reader">Where the cardholder's card is.</param>
    /// <param name="operation">The act that was confirmed.</param>
    /// <param name="cancellation">The server stops.</param>
    /// <returns>The act; or what the agent is told instead.</returns>
    public async Task<(BegunAct? Begun, Message? Refused)> Begin(
        AgentConnection agent, Act act, string requestId, string sessionId, string reader, string operation, CancellationToken cancellation)
    {
        if (agent.Cards.Find(reader) is not { SmartcardId: { } smartcardId } || !Guid.TryParseExact(operation, "N", out var operationId))
        {
            return (null, (ComputerRefusals.For(agent, link) ?? Lifecycle.Refusals.CardUnknown()).ToMessage(requestId));
        }

        if (ComputerRefusals.For(agent, link) is { } unfit)
        {
            await opening.RecordRefusal(act, smartcardId, agent.AgentId, unfit, cancellation);
            return (null, unfit.ToMessage(requestId));
        }

        var session = Lifecycle.LogIn.LogIn.SessionId(sessionId);
        await sessions.EndIfOverdue(session, cancellation);
        return await opening.Begin(act, operationId, smartcardId, session, agent.AgentId, cancellation) switch
        {
            DeskOpened.At at => (new BegunAct(smartcardId, at), null),
            DeskOpened.Refused no => (null, no.Refusal.ToMessage(requestId)),
            _ => throw new InvalidOperationException("An act is begun or refused."),
        };
    }
}
