namespace Evercard.Protocol;

/// <summary>The user typed a passcode (which stays at the agent) and wishes a session with the card in this reader.</summary>
public sealed record LogIn(string RequestId, string Reader) : Message
{
    internal override string? FindFault() => Field.Id(RequestId, nameof(RequestId)) ?? Field.Text(Reader, nameof(Reader));
}
