using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.AtDesk;
using Evercard.Server.Browsers;
using Evercard.Server.CardTest;
using Evercard.Server.Computers;
using Evercard.Server.Join;
using Evercard.Server.PasscodeChange;
using Evercard.Server.Repair;
using Evercard.Server.Sessions;
using Evercard.Server.SelfRenewal;
using Evercard.Server.Unlock;

namespace Evercard.Server;

/// <summary>Which feature answers which request of an agent.</summary>
internal sealed class CareIdentityRequests(
    KnownAgents agents, GreetingRequests greetings, LogInRequests logIns, RoleRequests roles, PasscodeChangeRequests passcodes, RenewalRequests renewals,
    ConfirmationRequests confirmations, RepairRequests repairs, UnlockRequests unlocks, CardTestRequests tests,
    JoinRequests joins, Wakeups wakeups, TimeProvider time) : AgentRequests
{
    public override Task<AgentStanding?> Connected(AgentConnection agent, CancellationToken cancellation) => agents.Record(agent, cancellation);

    public override Task Disconnected(AgentConnection agent) => agents.Seen(agent);

    public override Task ClaimTicket(AgentConnection agent, ClaimTicket request, CancellationToken cancellation) => joins.Answer(agent, request, cancellation);

    public override async Task SeeCard(AgentConnection agent, SeeCard request, CancellationToken cancellation)
    {
        await logIns.EndReplaced(agent, request, cancellation);
        await greetings.Answer(agent, request, known => logIns.Resume(agent, known, cancellation), cancellation);
        Wake(agent, request.Reader);
        wakeups.WakeComputer(agent.AgentId);
    }

    public override async Task CardGone(AgentConnection agent, CardGone request, CancellationToken cancellation)
    {
        var gone = agent.Cards.Find(request.Reader);
        await logIns.EndAt(agent, request, cancellation);
        Wake(gone);
        wakeups.WakeComputer(agent.AgentId);
    }

    public override Task ReadersSeen(AgentConnection agent, ReadersSeen seen, CancellationToken cancellation)
    {
        agent.Readers.Replace(seen, time.GetUtcNow());
        wakeups.WakeComputer(agent.AgentId);
        return Task.CompletedTask;
    }

    public override Task LogOut(AgentConnection agent, LogOut request, CancellationToken cancellation) => logIns.End(agent, request.SessionId, cancellation);

    public override Task ChooseRole(AgentConnection agent, ChooseRole request, CancellationToken cancellation) => roles.Answer(agent, request, cancellation);

    public override Task<Message> SetNewPasscode(AgentConnection agent, SetNewPasscode request, CancellationToken cancellation) =>
        passcodes.Answer(agent, request, cancellation);

    public override async Task<Message> LogIn(AgentConnection agent, Protocol.LogIn request, CancellationToken cancellation)
    {
        var answer = await logIns.Answer(agent, request, cancellation);
        Wake(agent, request.Reader);
        return answer;
    }

    public override Task<Message> Renew(AgentConnection agent, Renew request, CancellationToken cancellation) => renewals.Answer(agent, request, cancellation);

    public override Task<Message> ConfirmAct(AgentConnection agent, ConfirmAct request, CancellationToken cancellation) => confirmations.Answer(agent, request, cancellation);

    public override Task<Message> TestCard(AgentConnection agent, TestCard request, CancellationToken cancellation) => tests.Answer(agent, request, cancellation);

    public override Task<Message> Repair(AgentConnection agent, Protocol.Repair request, CancellationToken cancellation) => repairs.Answer(agent, request, cancellation);

    public override Task<Message> Unlock(AgentConnection agent, Protocol.Unlock request, CancellationToken cancellation) => unlocks.Answer(agent, request, cancellation);

    private void Wake(AgentConnection agent, string reader) => Wake(agent.Cards.Find(reader));

    private void Wake(SeenCard? card)
    {
        if (card?.SmartcardId is { } id)
        {
            wakeups.Wake(id);
        }
    }
}
