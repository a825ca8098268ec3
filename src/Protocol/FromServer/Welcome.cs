using System.Text.Json.Serialization;

namespace Evercard.Protocol;

/// <summary>What the registration authority thinks of an agent.</summary>
[JsonConverter(typeof(KebabCase<AgentStanding>))]
public enum AgentStanding
{
    /// <summary>Good for its user's own renewal.</summary>
    Known,

    /// <summary>Also good for repair and issuance.</summary>
    Approved,

    /// <summary>No acts until somebody has looked.</summary>
    Quarantined,
}

/// <summary>The hello was accepted; requests may follow.</summary>
public sealed record Welcome(AgentStanding AgentStatus, DateTimeOffset ServerTime) : Message
{
    internal override string? FindFault() => null;
}
