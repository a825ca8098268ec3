using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Computers;
using Evercard.Server.PasscodeChange;
using Evercard.Server.Sessions;
using Evercard.Server.SelfRenewal;

namespace Evercard.Server;

/// <summary>Which feature answers which request of an agent.</summary>
internal sealed class CareIdentityRequests(
    KnownAgents agents, GreetingRequests greetings, LogInRequests logIns, RoleRequests roles, PasscodeChangeRequests passcodes, RenewalRequests renewals) : AgentRequests
{
    public override Task<AgentStanding?> Connected(AgentConnection agent, CancellationToken cancellation) => agents.Record(agent, cancellation);

    public override Task Disconnected(AgentConnection agent) => agents.Seen(agent);

    public override async Task SeeCard(AgentConnection agent, SeeCard request, CancellationToken cancellation)
    {
        await logIns.EndReplaced(agent, request, cancellation);
        await logIns.Resume(agent, await greetings.Answer(agent, request, cancellation), cancellation);
    }

    public override Task CardGone(AgentConnection agent, CardGone request, CancellationToken cancellation) => logIns.EndAt(agent, request, cancellation);

    public override Task LogOut(AgentConnection agent, LogOut request, CancellationToken cancellation) => logIns.End(agent, request.SessionId, cancellation);

    public override Task ChooseRole(AgentConnection agent, ChooseRole request, CancellationToken cancellation) => roles.Answer(agent, request, cancellation);

    public override Task<Message> LogIn(AgentConnection agent, Protocol.LogIn request, CancellationToken cancellation) => logIns.Answer(agent, request, cancellation);

    public override Task<Message> Renew(AgentConnection agent, Renew request, CancellationToken cancellation) => renewals.Answer(agent, request, cancellation);

    public override Task<Message> SetNewPasscode(AgentConnection agent, SetNewPasscode request, CancellationToken cancellation) =>
        passcodes.Answer(agent, request, cancellation);
}
