namespace Evercard.Registry.Computers;

public enum AgentStatus
{
    /// <summary>It made itself known; good for its user's own renewal.</summary>
    Known,

    /// <summary>The registration authority approved it: Repair and Issuance.</summary>
    Approved,

    /// <summary>It handed in something that turned out to be false; no acts until somebody has looked.</summary>
    Quarantined,
}

/// <summary>An Identity Agent on a user's computer.</summary>
public sealed class Agent
{
    /// <summary>Hexadecimal SHA-256 of the device key.</summary>
    public required string Id { get; init; }

    /// <summary>Device key: SubjectPublicKeyInfo, DER.</summary>
    public required byte[] PublicKey { get; init; }

    public required string ComputerName { get; set; }

    public required string Version { get; set; }

    public AgentStatus Status { get; set; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; set; }
}

/// <summary>A log-in that lasts until the card is removed, the person logs out or the time is over.</summary>
public sealed class Session
{
    /// <summary>Why a session ended whose card was taken out.</summary>
    public const string SmartcardRemoved = "the smartcard was removed";

    /// <summary>SHA-256 of the session's secret id, hexadecimal: the id itself is nowhere stored.</summary>
    public required string Id { get; init; }

    public required string PersonUuid { get; init; }

    public required Guid SmartcardId { get; init; }

    public required string AgentId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBecause { get; set; }
}
