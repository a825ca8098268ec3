using Evercard.Cards.Piv;

namespace Evercard.CardSimulator;

/// <summary>What kind of card is simulated: limits, algorithms, speed. Fixed when the card is made.</summary>
public sealed record CardModel
{
    /// <summary>What the standard asks for a certificate (SP 800-73-5 part 1, appendix A).</summary>
    public const int SmallObjects = 1_905;

    /// <summary>What the Yubico family has.</summary>
    public const int LargeObjects = 3_052;

    public string Name { get; init; } = "PIV card";

    /// <summary>Wrong passcodes in a row that lock the card, 3 to 6.</summary>
    public int PasscodeTries { get; init; } = 3;

    /// <summary>Wrong PUKs in a row that block the PUK, 3 to 10.</summary>
    public int PukTries { get; init; } = 3;

    /// <summary>Algorithm of the administration key 9B of a new card.</summary>
    public PivAlgorithm AdministrationAlgorithm { get; init; } = PivAlgorithm.TripleDes;

    /// <summary>What GENERATE ASYMMETRIC KEY PAIR accepts.</summary>
    public IReadOnlyList<PivAlgorithm> KeyAlgorithms { get; init; } =
        [PivAlgorithm.P256, PivAlgorithm.P384, PivAlgorithm.Rsa2048, PivAlgorithm.Rsa3072];

    /// <summary>Most contents of a data object: the bytes inside its 53.</summary>
    public int MaxObjectSize { get; init; } = LargeObjects;

    /// <summary>Knows the instructions F7, F8, FD and FF, which no standard names.</summary>
    public bool YubicoCompatible { get; init; }

    /// <summary>Takes commands and gives answers longer than a short APDU; otherwise 6700.</summary>
    public bool ExtendedLength { get; init; } = true;

    /// <summary>How long each step takes.</summary>
    public CardSpeed Speed { get; init; } = CardSpeed.Instant;

    /// <summary>Where real cards differ although all of them are right.</summary>
    public CardQuirks Quirks { get; init; } = new();

    /// <summary>A card of the family that sets its administration key by instruction FF.</summary>
    public static CardModel Yubico { get; } = new() { Name = "PIV card with FF", YubicoCompatible = true };
}

/// <summary>Answers in which real cards differ; the client must bear each of them.</summary>
public sealed record CardQuirks
{
    /// <summary>The last wrong passcode answers 6983 at once, not 63C0 first.</summary>
    public bool LastTryAnswersBlocked { get; init; }

    /// <summary>A wrong 9B answers 6A80, not 6982.</summary>
    public bool WrongAdministrationKeyIsIncorrectData { get; init; }

    /// <summary>An absent data object answers 9000 with an empty 53, not 6A82.</summary>
    public bool AbsentObjectsAreEmpty { get; init; }

    /// <summary>An unknown instruction answers 6A86, not 6D00.</summary>
    public bool UnknownInstructionIsIncorrectParameters { get; init; }

    /// <summary>A passcode that is not 8 bytes long answers 6700, not 6A80.</summary>
    public bool ShortPasscodeIsWrongLength { get; init; }

    /// <summary>A P-384 key signs a 48-byte digest only. Not the rule: OpenSC sends shorter ones as they are.</summary>
    public bool P384NeedsItsDigest { get; init; }

    /// <summary>SELECT of the selected application keeps the proofs of passcode and 9B (SP 800-73-5 part 2, 3.1.1).</summary>
    public bool SelectKeepsSecurityStatus { get; init; }

    /// <summary>A new passcode in which one digit stands three times is refused (6A80): some issuers have such rules.</summary>
    public bool NoDigitThrice { get; init; }

    /// <summary>The decrypted witness is refused without an empty 82, which asks for the response.</summary>
    public bool WitnessNeedsEmptyResponse { get; init; }
}

/// <summary>Sets of step times; see <see cref="Timing.CardTiming"/>.</summary>
public enum CardSpeed
{
    /// <summary>No waiting at all.</summary>
    Instant,

    /// <summary>NXP JCOP4.</summary>
    Jcop4,

    /// <summary>The middle of the cards on sale.</summary>
    Current,

    /// <summary>The middle of all cards measured, at 9600 baud.</summary>
    Old,
}
