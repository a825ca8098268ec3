using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Computers;

/// <summary>The registration authority approves a computer for work on other people's smartcards (DESIGN 4).</summary>
public sealed class ComputerApproval(Database database)
{
    /// <param name="agentId">The agent of that computer.</param>
    /// <param name="approvedBy">UUID of who approves it; null where that is done outside the service.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False where there is no such agent, or it is quarantined.</returns>
    public Task<bool> Approve(string agentId, string? approvedBy, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var agent = await records.Registry.Agents.SingleOrDefaultAsync(a => a.Id == agentId, cancellation);
                var isDone = agent is { Status: not AgentStatus.Quarantined };
                if (isDone)
                {
                    agent!.Status = AgentStatus.Approved;
                }

                await records.Registry.Save(
                    new AuditEvent
                    {
                        Kind = isDone ? "ComputerApproved" : "ComputerApprovalRefused",
                        AgentId = agentId,
                        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["by"] = approvedBy ?? "outside the service" },
                    },
                    cancellation);
                return isDone;
            },
            cancellation);
}
