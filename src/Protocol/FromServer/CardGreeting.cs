using System.Text.Json.Serialization;

namespace Evercard.Protocol;

/// <summary>What the server knows of a card that was put in, before any passcode.</summary>
[JsonConverter(typeof(KebabCase<CardStanding>))]
public enum CardStanding
{
    /// <summary>It can log in.</summary>
    Good,

    /// <summary>It can log in, and its renewal window is open.</summary>
    RenewalDue,

    /// <summary>A renewal of it stopped half-way: finish it.</summary>
    RenewalUnfinished,

    /// <summary>A repair of it stopped half-way: any ID Checker can finish it.</summary>
    RepairUnfinished,

    /// <summary>Its certificates are over.</summary>
    Expired,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It has nothing on it.</summary>
    Blank,

    /// <summary>It was not issued here.</summary>
    Unknown,
}

/// <summary>Answer to SeeCard.</summary>
/// <param name="RequestId">SeeCard's.</param>
/// <param name="State">What the card can do.</param>
/// <param name="HolderName">Name for the log-in window; null where the card is not known.</param>
/// <param name="SmartcardSerial">The number printed on the card.</param>
/// <param name="NotAfter">When its certificates end.</param>
/// <param name="DaysLeft">Whole days until then; negative after it.</param>
/// <param name="RenewalOpenOn">The computer on which an unfinished renewal stopped.</param>
/// <param name="StoppedAt">When it stopped.</param>
/// <param name="Help">Who can help: who goes on with an unfinished repair, otherwise who unlocks for whoever forgot the passcode. One person or desk
/// each, with place, hours and telephone; null where nobody is on record.</param>
public sealed record CardGreeting(
    string RequestId, CardStanding State, string? HolderName = null, string? SmartcardSerial = null, DateTimeOffset? NotAfter = null,
    int? DaysLeft = null, string? RenewalOpenOn = null, DateTimeOffset? StoppedAt = null,
    IReadOnlyList<string>? Help = null) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.OptionalText(HolderName, nameof(HolderName))
        ?? Field.OptionalText(SmartcardSerial, nameof(SmartcardSerial)) ?? Field.OptionalText(RenewalOpenOn, nameof(RenewalOpenOn))
        ?? (Help is null ? null : Field.Count(Help, nameof(Help), 1) ?? Help.Select(line => Field.Text(line, nameof(Help))).FirstOrDefault(fault => fault is not null));
}
