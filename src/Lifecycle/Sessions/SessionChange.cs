namespace Evercard.Lifecycle.Sessions;

public enum SessionChangeKind
{
    Suspended,
    Resumed,
    Ended,
    RoleChosen,
}

/// <summary>Something happened to a session, and is in the database.</summary>
/// <param name="SessionId">The session, as the registry knows it.</param>
/// <param name="AgentId">The agent that it belongs to.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Because">Why; null where that goes without saying.</param>
/// <param name="AgentKnows">It was done on the agent's own word.</param>
public sealed record SessionChange(string SessionId, string AgentId, SessionChangeKind Kind, string? Because = null, bool AgentKnows = false);
