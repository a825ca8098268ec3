using Evercard.Lifecycle;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Server.AgentLink;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Computers;

/// <summary>The agents that made themselves known, in the registry.</summary>
public sealed class KnownAgents(Database database, SessionLife sessions, LinkLimits limits, TimeProvider time)
{
    /// <summary>Records an agent that proved its device key. Sessions that a link before this one left open wait for their cards.</summary>
    /// <returns>What the registration authority thinks of it; null for one agent too many that was never seen before.</returns>
    public async Task<AgentStanding?> Record(AgentConnection connection, CancellationToken cancellation)
    {
        var isKnown = await database.Read(r => r.Registry.Agents.AnyAsync(a => a.Id == connection.AgentId, cancellation), cancellation);
        if (!isKnown && !limits.TryRegister(connection.RemoteAddress))
        {
            return null;
        }

        await sessions.LinkBegins(connection.AgentId, cancellation);
        return await Write(connection, cancellation);
    }

    private Task<AgentStanding> Write(AgentConnection connection, CancellationToken cancellation) =>
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

                (agent.ComputerName, agent.Version, agent.LastSeenAt, agent.LinkId) = (connection.ComputerName, connection.Version, now, connection.LinkId);
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

    /// <summary>The link ended: an audited fact, because sessions are suspended with it.</summary>
    public async Task Seen(AgentConnection connection)
    {
        // A newer link of the same agent, at this node or another, took over the sessions of this one when it began; those that are open are its own.
        await sessions.LinkLost(connection.AgentId, connection.LinkId, CancellationToken.None);
        await database.Write(
            async records =>
            {
                if (await records.Registry.Agents.SingleOrDefaultAsync(a => a.Id == connection.AgentId) is { } agent)
                {
                    agent.LastSeenAt = time.GetUtcNow();
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
}
