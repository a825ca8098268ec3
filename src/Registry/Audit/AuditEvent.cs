namespace Evercard.Registry.Audit;

/// <summary>What happened, in a chain in which each link carries the hash of the one before.</summary>
public sealed class AuditEvent
{
    /// <summary>1, 2, 3 … without a gap; given when it is saved.</summary>
    public long Sequence { get; internal set; }

    public DateTimeOffset At { get; internal set; }

    /// <summary>For example RenewalRequested.</summary>
    public required string Kind { get; init; }

    public Guid? OperationId { get; init; }

    public Guid? SmartcardId { get; init; }

    public string? PersonUuid { get; init; }

    public string? AgentId { get; init; }

    /// <summary>
    /// Further facts: at most 64, names of 1 to 64 and texts of at most 1,000 characters. Never put here: a passcode, a PUK, a 9B or any other
    /// key (wrapped ones too), a security code, a session or ticket, a photograph, an e-mail address or telephone number.
    /// </summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Hash of the event before; 32 zero bytes for the first.</summary>
    public byte[] PreviousHash { get; internal set; } = [];

    /// <summary>SHA-256 over the previous hash and this event's fields.</summary>
    public byte[] Hash { get; internal set; } = [];
}
