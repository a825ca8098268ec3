using Evercard.Registry.Journal;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>What makes a card need somebody's attention, the most urgent first.</summary>
public enum FindingKind
{
    /// <summary>The cardholder said that an act was not theirs.</summary>
    CardholderAlarm,

    /// <summary>A key that counts was handed in by an agent that was found out later.</summary>
    MadeByLiar,

    /// <summary>The card was seen with a key or certificate other than the one on record.</summary>
    SeenOtherwise,

    /// <summary>A certificate of a card in use was revoked, and none took its place.</summary>
    CertificateGone,

    /// <summary>An act was ended while one key was being replaced: the card may hold one that has no certificate.</summary>
    EndedHalfway,
    RepairUnfinished,
    IssuanceUnfinished,
    RenewalUnfinished,

    /// <summary>An act can no longer be finished, because the profile of its cardholder was closed.</summary>
    ProfileClosed,
}

/// <summary>One thing that was found about a card; <see cref="FindingWords"/> says it.</summary>
/// <param name="Kind">What.</param>
/// <param name="Since">Since when it is so, as far as the books know.</param>
public sealed record Finding(FindingKind Kind, DateTimeOffset Since)
{
    /// <summary>Until when it can be put right in the way that is told; null where that has no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The act that was not finished.</summary>
    public Act Act { get; init; } = Act.Renewal;

    /// <summary>EV-XXXX-XX of that act.</summary>
    public string? Reference { get; init; }

    /// <summary>Where it was worked on last.</summary>
    public string? Computer { get; init; }

    /// <summary>The computer that handed in something false, by its name; null where none did.</summary>
    public string? Liar { get; init; }

    /// <summary>What the cardholder said, a sentence.</summary>
    public string? Said { get; init; }
}
