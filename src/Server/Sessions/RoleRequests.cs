using Evercard.Lifecycle.Roles;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Refusals;

namespace Evercard.Server.Sessions;

/// <summary>The role that somebody chooses at an agent.</summary>
public sealed class RoleRequests(RoleChoice choice, SessionLife sessions, SessionChanges changes)
{
    public async Task Answer(AgentConnection agent, ChooseRole request, CancellationToken cancellation)
    {
        var sessionId = Lifecycle.LogIn.LogIn.SessionId(request.SessionId);
        await sessions.EndIfOverdue(sessionId, cancellation);
        var refusal = await choice.Choose(request.SessionId, agent.AgentId, request.RoleProfileId, cancellation);
        if (refusal is null)
        {
            changes.Tell(new SessionChange(sessionId, agent.AgentId, SessionChangeKind.RoleChosen, AgentKnows: true));
        }

        Message answer = refusal is null ? new RoleChosen(request.RequestId, request.RoleProfileId) : refusal.ToMessage(request.RequestId);
        await agent.Send(answer, cancellation);
    }
}
