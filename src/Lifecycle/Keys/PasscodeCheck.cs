using Evercard.Cards.Iso7816;
using Evercard.Cards.Scripts;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Keys;

/// <summary>What the card said to the passcode.</summary>
public abstract record PasscodeCheck
{
    public sealed record Verified : PasscodeCheck;

    /// <param name="TriesLeft">1 or more.</param>
    public sealed record Wrong(int TriesLeft) : PasscodeCheck;

    public sealed record Locked : PasscodeCheck;

    /// <summary>The agent holds none any more, and asked the card nothing.</summary>
    public sealed record NotHeld : PasscodeCheck;

    /// <summary>VERIFY was answered with something else: nothing is known.</summary>
    public sealed record Unclear : PasscodeCheck;

    public static PasscodeCheck Of(StepAnswer proof) => proof switch
    {
        { PasscodeVerified: true } => new Verified(),
        { Status.TriesLeft: 0 } => new Locked(),
        { Status.TriesLeft: { } left } => new Wrong(left),
        { Status: var status } when status == StatusWord.SecurityStatusNotSatisfied => new NotHeld(),
        _ => new Unclear(),
    };

    /// <returns>Null where it was verified.</returns>
    public Refusal? Refuse(Smartcard card, string? reference = null) => this switch
    {
        Verified => null,
        Wrong wrong => Refusals.PasscodeWrong(wrong.TriesLeft, reference),
        Locked => Refusals.CardLocked(card),
        NotHeld => Refusals.PasscodeNeeded(reference),
        _ => Refusals.CardUnreadable(),
    };
}
