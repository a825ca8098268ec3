namespace Evercard.Protocol;

/// <summary>The card has the new passcode.</summary>
public sealed record PasscodeChanged(string RequestId) : Message
{
    internal override string? FindFault() => Field.Id(RequestId, nameof(RequestId));
}
