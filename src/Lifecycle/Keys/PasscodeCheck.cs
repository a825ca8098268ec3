using Evercard.Cards.Scripts;

namespace Evercard.Lifecycle.Keys;

/// <summary>What the card said to the passcode.</summary>
public abstract record PasscodeCheck
{
    public sealed record Verified : PasscodeCheck;

    /// <param name="TriesLeft">1 or more.</param>
    public sealed record Wrong(int TriesLeft) : PasscodeCheck;

    public sealed record Locked : PasscodeCheck;

    /// <summary>VERIFY was answered with something else: nothing is known.</summary>
    public sealed record Unclear : PasscodeCheck;

    public static PasscodeCheck Of(StepAnswer proof) => proof switch
    {
        { PasscodeVerified: true } => new Verified(),
        { Status.TriesLeft: 0 } => new Locked(),
        { Status.TriesLeft: { } left } => new Wrong(left),
        _ => new Unclear(),
    };
}
