using System.Globalization;
using Evercard.Registry;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Computers;

/// <summary>The registration authority approves a computer for work on other people's smartcards (DESIGN 4), takes that back, or ends a quarantine.</summary>
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

    /// <summary>
    /// Computer support has looked at a quarantined computer: from here on it is one that is known, and not more. Not while a key counts that was
    /// made there: it would be the last that is heard of it.
    /// </summary>
    /// <param name="agentId">The agent of that computer.</param>
    /// <param name="found">What computer support found; for the record.</param>
    /// <param name="endedBy">UUID of who ends it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False where it is not quarantined, or such a key counts.</returns>
    public Task<bool> EndQuarantine(string agentId, string found, string endedBy, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var agent = await records.Registry.Agents.SingleOrDefaultAsync(a => a.Id == agentId, cancellation);
                var cards = await SmartcardsWithKeysFrom(records.Registry, agentId).CountAsync(cancellation);
                var isDone = agent?.Status == AgentStatus.Quarantined && cards == 0;
                if (isDone)
                {
                    agent!.Status = AgentStatus.Known;
                }

                await records.Registry.Save(
                    What(isDone ? "QuarantineEnded" : "QuarantineKept", agent, endedBy, ("found", found), ("cards", cards.ToString(CultureInfo.InvariantCulture))),
                    cancellation);
                return isDone;
            },
            cancellation);

    /// <summary>Smartcards in use with a key that counts and that this agent handed in.</summary>
    public static IQueryable<Guid> SmartcardsWithKeysFrom(RegistryContext registry, string agentId) =>
        registry.OperationSteps.Where(s => s.StagedByAgentId == agentId)
            .Join(registry.Credentials.Where(c => c.Status == CredentialStatus.Current), s => s.CertificateSerialNumber, c => c.CertificateSerialNumber, (_, c) => c.SmartcardId)
            .Join(registry.Smartcards.Where(c => c.Status != SmartcardStatus.Cancelled), id => id, c => c.Id, (id, _) => id)
            .Distinct();

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

                var kind = (wanted, isDone) switch
                {
                    (AgentStatus.Approved, true) => "ComputerApproved",
                    (AgentStatus.Approved, false) => "ComputerApprovalRefused",
                    (_, true) => "ComputerApprovalWithdrawn",
                    _ => "ComputerApprovalKept",
                };
                await records.Registry.Save(What(kind, agent, byUuid), cancellation);
                return isDone;
            },
            cancellation);

    private static AuditEvent What(string kind, Agent? agent, string? byUuid, params (string Name, string Text)[] more) => new()
    {
        Kind = kind,
        AgentId = agent?.Id,
        Facts = more.Prepend(("status", agent?.Status.ToString() ?? "unknown")).Prepend(("computer", agent?.ComputerName ?? "unknown")).Prepend(("operator", byUuid ?? OutsideTheService))
            .ToDictionary(StringComparer.Ordinal),
    };
}
