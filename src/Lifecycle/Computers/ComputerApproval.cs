using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Computers;

/// <summary>The registration authority approves a computer for work on other people's smartcards (DESIGN 4), or takes that back.</summary>
public sealed class ComputerApproval(Database database)
{
    private const string OutsideTheService = "outside the service";

    /// <param name="agentId">The agent of that computer.</param>
    /// <param name="approvedBy">UUID of who approves it; null where that is done outside the service.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False where there is no such agent, or it is quarantined.</returns>
    public Task<bool> Approve(string agentId, string? approvedBy, CancellationToken cancellation) =>
        Set(agentId, approvedBy, AgentStatus.Approved, status => status != AgentStatus.Quarantined, cancellation);

    /// <summary>From here on it is good for its user's own card alone. An act that is under way is asked about the computer again before it goes on.</summary>
    /// <param name="agentId">The agent of that computer.</param>
    /// <param name="withdrawnBy">UUID of who takes the approval back; null where that is done outside the service.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False where it is not approved, or there is no such agent.</returns>
    public Task<bool> Withdraw(string agentId, string? withdrawnBy, CancellationToken cancellation) =>
        Set(agentId, withdrawnBy, AgentStatus.Known, status => status == AgentStatus.Approved, cancellation);

    private Task<bool> Set(string agentId, string? byUuid, AgentStatus wanted, Predicate<AgentStatus> may, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var agent = await records.Registry.Agents.SingleOrDefaultAsync(a => a.Id == agentId, cancellation);
                var isDone = agent is not null && may(agent.Status);
                if (isDone)
                {
                    agent!.Status = wanted;
                }

                await records.Registry.Save(
                    new AuditEvent
                    {
                        Kind = (wanted, isDone) switch
                        {
                            (AgentStatus.Approved, true) => "ComputerApproved",
                            (AgentStatus.Approved, false) => "ComputerApprovalRefused",
                            (_, true) => "ComputerApprovalWithdrawn",
                            _ => "ComputerApprovalKept",
                        },
                        AgentId = agent?.Id,
                        Facts = new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["operator"] = byUuid ?? OutsideTheService, ["computer"] = agent?.ComputerName ?? "unknown", ["status"] = agent?.Status.ToString() ?? "unknown",
                        },
                    },
                    cancellation);
                return isDone;
            },
            cancellation);
}
