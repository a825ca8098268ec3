using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Computers;
using Evercard.Server.Join;
using Evercard.Server.Sessions;
using Evercard.Server.SelfRenewal;

namespace Evercard.Server;

/// <summary>Which feature answers which request of an agent.</summary>
internal sealed class CareIdentityRequests(KnownAgents agents, GreetingRequests greetings, LogInRequests logIns, RenewalRequests renewals, JoinRequests joins) : AgentRequests
{
    public override Task<AgentStanding?> Connected(AgentConnection agent, CancellationToken cancellation) => agents.Record(agent, cancellation);

    public override Task Disconnected(AgentConnection agent) => agents.Seen(agent);

    public override Task ClaimTicket(AgentConnection agent, ClaimTicket request, CancellationToken cancellation) => joins.Answer(agent, request, cancellation);

    public override async Task SeeCard(AgentConnection agent, SeeCard request, CancellationToken cancellation)
    {
        await logIns.EndReplaced(agent, request, cancellation);
        await greetings.Answer(agent, request, cancellation);
    }

    public override Task CardGone(AgentConnection agent, CardGone request, CancellationToken cancellation) => logIns.EndAt(agent, request, cancellation);

    public override Task LogOut(AgentConnection agent, LogOut request, CancellationToken cancellation) => logIns.End(agent, request.SessionId, cancellation);

    public override Task<Message> LogIn(AgentConnection agent, Protocol.LogIn request, CancellationToken cancellation) => logIns.Answer(agent, request, cancellation);

    public override Task<Message> Renew(AgentConnection agent, Renew request, CancellationToken cancellation) => renewals.Answer(agent, request, cancellation);
}
