using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Refusals;

namespace Evercard.Server.Join;

/// <summary>Tickets as agents claim them.</summary>
public sealed class JoinRequests(Joining joining)
{
    public async Task Answer(AgentConnection agent, ClaimTicket request, CancellationToken cancellation)
    {
        var outcome = await joining.Claim(agent.AgentId, request.Ticket, request.SessionId, cancellation);
        Message answer = outcome switch
        {
            ClaimOutcome.Claimed claimed => new TicketClaimed(request.RequestId, claimed.Code),
            ClaimOutcome.Refused refused => refused.Refusal.ToMessage(request.RequestId),
            _ => throw new InvalidOperationException("A ticket is claimed or refused."),
        };
        await agent.Send(answer, cancellation);
    }
}
