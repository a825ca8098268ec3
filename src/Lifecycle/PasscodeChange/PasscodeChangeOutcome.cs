namespace Evercard.Lifecycle.PasscodeChange;

/// <summary>How a change of passcode ended.</summary>
public abstract record PasscodeChangeOutcome
{
    /// <summary>The card has the new passcode.</summary>
    public sealed record Changed : PasscodeChangeOutcome;

    /// <param name="Refusal">Says which passcode holds now, where that is not plain.</param>
    public sealed record Refused(Refusal Refusal) : PasscodeChangeOutcome;
}
