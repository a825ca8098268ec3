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

    /// <summary>Its newest link, at whichever node: the end of an older one means nothing any more.</summary>
    public Guid? LinkId { get; set; }
}

/// <summary>A log-in that lasts until the card is removed, the person logs out or the time is over.</summary>
public sealed class Session
{
    /// <summary>Why a session ended whose card was taken out.</summary>
    public const string SmartcardRemoved = "the smartcard was removed";

    /// <summary>Why a session ended whose computer could not be reached.</summary>
    public const string LinkLost = "the link to the computer was lost";

    /// <summary>Why a session ended whose card is of no more use.</summary>
    public const string SmartcardCancelled = "the smartcard was cancelled";

    /// <summary>Why a session ended whose person logged out in a browser.</summary>
    public const string LoggedOutInBrowser = "the person logged out in a browser";

    /// <summary>Why a session ended that lasted as long as one may.</summary>
    public const string TimeOver = "its time was over";

    /// <summary>SHA-256 of the session's secret id, hexadecimal: the id itself is nowhere stored.</summary>
    public required string Id { get; init; }

    public required string PersonUuid { get; init; }

    public required Guid SmartcardId { get; init; }

    public required string AgentId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The role that was chosen at log-in; null where none was.</summary>
    public string? RoleProfileId { get; set; }

    /// <summary>The card, or the link to its computer, is gone: the session is over at this moment unless it comes back before. Null: all is well.</summary>
    public DateTimeOffset? SuspendedUntil { get; set; }

    /// <summary>When it was suspended.</summary>
    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>Why, in the words that <see cref="EndedBecause"/> gets where nothing comes back in time.</summary>
    public string? SuspendedBecause { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBecause { get; set; }

    /// <summary>Whether it still counts: neither ended, nor too old, nor suspended for too long.</summary>
    /// <param name="now">The server's clock.</param>
    /// <param name="atMost">How long a session may last.</param>
    public bool IsLive(DateTimeOffset now, TimeSpan atMost) => EndedAt is null && RunOut(now, atMost) is null;

    /// <summary>When and why it was over by the clock alone; null where it was not. Tells nothing about one that was ended.</summary>
    /// <param name="now">The server's clock.</param>
    /// <param name="atMost">How long a session may last.</param>
    public (DateTimeOffset At, string Because)? RunOut(DateTimeOffset now, TimeSpan atMost) =>
        SuspendedUntil <= now ? (SuspendedAt ?? SuspendedUntil.Value, SuspendedBecause ?? SmartcardRemoved)
        : StartedAt + atMost <= now ? (StartedAt + atMost, TimeOver)
        : null;
}

/// <summary>A browser that was joined to the agent of its computer. What the person may do in it comes from the log-in at that agent.</summary>
public sealed class BrowserSession
{
    /// <summary>SHA-256 of the ticket's random number, hexadecimal: whoever claims a ticket second finds the row taken.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the cookie of the browser that asked for the ticket, hexadecimal.</summary>
    public required string StartingCookieHash { get; init; }

    /// <summary>SHA-256 of the one-time code, hexadecimal.</summary>
    public required string CodeHash { get; init; }

    /// <summary>The agent that claimed the ticket.</summary>
    public required string AgentId { get; init; }

    /// <summary>The log-in at that agent (<see cref="Session.Id"/>); null where nobody was logged in yet.</summary>
    public string? SessionId { get; set; }

    public required DateTimeOffset ClaimedAt { get; init; }

    /// <summary>The code came back with the starting cookie; null until then.</summary>
    public DateTimeOffset? JoinedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBecause { get; set; }
}

/// <summary>A key with which pages protect cookies and tickets; all nodes share them.</summary>
public sealed class PageKey
{
    public required string Id { get; init; }

    /// <summary>The key as XML, wrapped by the key store.</summary>
    public required byte[] Wrapped { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
