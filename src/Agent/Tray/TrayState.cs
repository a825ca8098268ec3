namespace Evercard.Agent.Tray;

/// <summary>What the task-bar icon tells: the facts, from which shape, tooltip and menu follow.</summary>
public sealed record TrayState
{
    /// <summary>The agent's own version, e.g. "1.0.3".</summary>
    public required string Version { get; init; }

    /// <summary>The service answers.</summary>
    public required bool Connected { get; init; }

    /// <summary>A smartcard is in a reader.</summary>
    public bool CardIn { get; init; }

    public bool LoggedIn { get; init; }

    /// <summary>As the card names its holder; null where there is no card or it has not been read.</summary>
    public string? HolderName { get; init; }

    /// <summary>Whole days until the card expires: 0 today, negative once it has expired; null where that is not known.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>The card can be renewed now, or has expired.</summary>
    public bool Expiring { get; init; }

    /// <summary>What is wrong, in a few words without a full stop; null where nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>The worst news wins: without the service no other shape would be true for long.</summary>
    public TrayShape Shape =>
        Problem is not null || !Connected ? TrayShape.Problem
        : !CardIn ? TrayShape.NoCard
        : Expiring ? TrayShape.Expiring
        : LoggedIn ? TrayShape.LoggedIn
        : TrayShape.CardIn;
}

/// <summary>The five pictures of the icon.</summary>
public enum TrayShape
{
    NoCard,
    CardIn,
    LoggedIn,
    Expiring,
    Problem,
}
