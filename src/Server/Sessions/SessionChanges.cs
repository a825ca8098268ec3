using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;

namespace Evercard.Server.Sessions;

/// <summary>Passes on what happened to a session: to its live pages, and to its agent where that cannot know.</summary>
public sealed class SessionChanges(ConnectedAgents connected, Wakeups wakeups)
{
    /// <summary>A change is in the database.</summary>
    public void Tell(SessionChange change)
    {
        wakeups.Wake(change.SessionId);
        if (change is { Kind: SessionChangeKind.Ended, AgentKnows: false } && connected.TryFind(change.AgentId, out var agent))
        {
            // Nobody waits for it: an agent that does not hear it is refused at its next request.
            _ = agent.Send(new SessionEnded(change.SessionId, change.Because ?? "it was ended"));
        }
    }
}
