using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Evercard.Server.AgentLink;

/// <summary>The agents whose links end at this server node. One link for each agent: the newest.</summary>
public sealed class ConnectedAgents
{
    private readonly ConcurrentDictionary<string, AgentConnection> byId = new(StringComparer.Ordinal);

    public IReadOnlyCollection<AgentConnection> All => [.. byId.Values];

    public bool TryFind(string agentId, [NotNullWhen(true)] out AgentConnection? connection) => byId.TryGetValue(agentId, out connection);

    /// <returns>The link that this one replaces, or null.</returns>
    internal AgentConnection? Add(AgentConnection connection)
    {
        AgentConnection? older = null;
        byId.AddOrUpdate(connection.AgentId, connection, (_, present) =>
        {
            older = present;
            return connection;
        });
        return older;
    }

    /// <summary>Takes away this link, and not the one that replaced it.</summary>
    internal void Remove(AgentConnection connection) =>
        byId.TryRemove(new KeyValuePair<string, AgentConnection>(connection.AgentId, connection));
}
