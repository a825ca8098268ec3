using Evercard.Lifecycle;
using Evercard.Protocol;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Server.AgentLink;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Computers;

/// <summary>The agents that made themselves known, in the registry.</summary>
public sealed class KnownAgents(Database database, ConnectedAgents connected, TimeProvider time)
{
    /// <summary>Records an agent that proved its device key.</summary>
    /// <returns>What the registration authority thinks of it.</returns>
    public Task<AgentStanding> Record(AgentConnection connection, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var now = time.GetUtcNow();
                var agent = await records.Registry.Agents.SingleOrDefaultAsync(a => a.Id == connection.AgentId, cancellation);
                var kind = agent is null ? "AgentRegistered" : "AgentConnected";
                if (agent is null)
                {
                    agent = new Agent
                    {
                        Id = connection.AgentId,
                        PublicKey = connection.PublicKey.ToArray(),
                        ComputerName = connection.ComputerName,
                        Version = connection.Version,
                        FirstSeenAt = now,
                        LastSeenAt = now,
                    };
                    records.Registry.Agents.Add(agent);
                }

                (agent.ComputerName, agent.Version, agent.LastSeenAt) = (connection.ComputerName, connection.Version, now);
                await records.Registry.Save(
                    new AuditEvent
                    {
                        Kind = kind,
                        AgentId = agent.Id,
                        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["computer"] = agent.ComputerName, ["version"] = agent.Version },
                    },
                    cancellation);
                return agent.Status switch
                {
                    AgentStatus.Approved => AgentStanding.Approved,
                    AgentStatus.Quarantined => AgentStanding.Quarantined,
                    _ => AgentStanding.Known,
                };
            },
            cancellation);

    /// <summary>The link ended: an audited fact, because sessions end with it.</summary>
    public Task Seen(AgentConnection connection) =>
        database.Write(
            async records =>
            {
                var now = time.GetUtcNow();

                // A newer link of the same agent carries its sessions on.
                var isReplaced = connected.TryFind(connection.AgentId, out var newer) && newer != connection;
                foreach (var session in isReplaced ? [] : await records.Registry.Sessions.Where(s => s.AgentId == connection.AgentId && s.EndedAt == null).ToListAsync())
                {
                    (session.EndedAt, session.EndedBecause) = (now, "the link to the computer was lost");
                }

                await records.Registry.Save(
                    new AuditEvent
                    {
                        Kind = "AgentDisconnected",
                        AgentId = connection.AgentId,
                        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["faults"] = $"{connection.Faults}" },
                    },
                    CancellationToken.None);
            },
            CancellationToken.None);
}
