using Evercard.Protocol;

namespace Evercard.Server.AgentLink;

/// <summary>
/// What agents ask for. The features answer; an exception becomes the refusal SERVICE-FAILED without details and is logged.
/// The outcome of an act (LoggedIn, ActCompleted, PasscodeChanged, Refused) is returned: the link sends it once the act is over, so that the
/// next act may follow at once. Everything else (CardGreeting, Progress, ActEnded) is sent over the connection.
/// The cancellation tokens end with the server, not with the link: <see cref="AgentConnection.LinkLost"/> tells of the link.
/// </summary>
public abstract class AgentRequests
{
    /// <summary>The device key is proven; no request was read yet. Records the agent.</summary>
    /// <returns>What the agent is told about itself; null where it is turned away for now.</returns>
    public abstract Task<AgentStanding?> Connected(AgentConnection agent, CancellationToken cancellation);

    /// <summary>The link of a recorded agent is gone. Acts in progress learn it from their scripts.</summary>
    public abstract Task Disconnected(AgentConnection agent);

    /// <summary>In the order of arrival with <see cref="CardGone"/> and <see cref="LogOut"/>.</summary>
    public abstract Task SeeCard(AgentConnection agent, SeeCard request, CancellationToken cancellation);

    public abstract Task CardGone(AgentConnection agent, CardGone request, CancellationToken cancellation);

    /// <summary>In the same order.</summary>
    public abstract Task ReadersSeen(AgentConnection agent, ReadersSeen seen, CancellationToken cancellation);

    public abstract Task LogOut(AgentConnection agent, LogOut request, CancellationToken cancellation);

    /// <summary>In the same order. Answered with TicketClaimed or Refused.</summary>
    public abstract Task ClaimTicket(AgentConnection agent, ClaimTicket request, CancellationToken cancellation);

    /// <summary>In the order of arrival with those; answered by RoleChosen or Refused over the connection.</summary>
    public abstract Task ChooseRole(AgentConnection agent, ChooseRole request, CancellationToken cancellation);

    /// <summary>An act: at most one at a time for an agent.</summary>
    public abstract Task<Message> LogIn(AgentConnection agent, LogIn request, CancellationToken cancellation);

    /// <summary>An act: at most one at a time for an agent.</summary>
    public abstract Task<Message> Renew(AgentConnection agent, Renew request, CancellationToken cancellation);

    /// <summary>An act: at most one at a time for an agent.</summary>
    public abstract Task<Message> SetNewPasscode(AgentConnection agent, SetNewPasscode request, CancellationToken cancellation);

    /// <summary>An act: at most one at a time for an agent. Answered with ActConfirmed or Refused.</summary>
    public abstract Task<Message> ConfirmAct(AgentConnection agent, ConfirmAct request, CancellationToken cancellation);

    /// <summary>An act: at most one at a time for an agent.</summary>
    public abstract Task<Message> Repair(AgentConnection agent, Protocol.Repair request, CancellationToken cancellation);

    /// <summary>An act: at most one at a time for an agent. Answered with PasscodeChanged or Refused.</summary>
    public abstract Task<Message> Unlock(AgentConnection agent, Protocol.Unlock request, CancellationToken cancellation);

    /// <summary>An act: at most one at a time for an agent. Answered with CardTested or Refused.</summary>
    public abstract Task<Message> TestCard(AgentConnection agent, TestCard request, CancellationToken cancellation);
}
