using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.DevHost.SampleCards;

/// <summary>What has happened to a sample card, apart from the calendar.</summary>
public enum CardStory
{
    /// <summary>Issued, and nothing else.</summary>
    Ready,

    /// <summary>The passcode was wrong three times.</summary>
    Locked,

    /// <summary>Its renewal stopped after the new signature key was proven.</summary>
    RenewalCut,

    /// <summary>Its repair stopped before a key was touched.</summary>
    RepairCut,

    /// <summary>Cancelled: it was reported lost.</summary>
    Cancelled,

    /// <summary>Its holder's profile was closed.</summary>
    ProfileClosed,

    /// <summary>Its chip stores no more certificates.</summary>
    Faulty,

    /// <summary>Nothing is on it.</summary>
    Blank,

    /// <summary>Somebody else issued it.</summary>
    Foreign,
}

/// <summary>A card in the wallet of the demonstration.</summary>
/// <param name="Name">What commands call it.</param>
/// <param name="Holder">Null for a card that is nobody's.</param>
/// <param name="DaysLeft">Until its certificates expire, from today; negative: it has expired. No meaning where nothing is on it.</param>
/// <param name="Story">What has happened to it.</param>
/// <param name="Shows">What can be seen with it.</param>
public sealed record SampleCard(string Name, SamplePerson? Holder, int DaysLeft, CardStory Story, string Shows)
{
    /// <summary>Printed on it.</summary>
    public required string SerialNumber { get; init; }

    public PivAlgorithm Algorithm { get; init; } = PivAlgorithm.P256;

    public CardSpeed Speed { get; init; } = CardSpeed.Current;

    /// <summary>It has to be made before the present: nobody issues a card that has expired.</summary>
    public bool IsOfThePast => DaysLeft < 0 || Story is CardStory.Cancelled or CardStory.ProfileClosed;
}
