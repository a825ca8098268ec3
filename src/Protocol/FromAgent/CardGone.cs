namespace Evercard.Protocol;

/// <summary>The card left this reader (or the reader was unplugged). The agent's own resets are not told.</summary>
public sealed record CardGone(string Reader) : Message
{
    internal override string? FindFault() => Field.Text(Reader, nameof(Reader));
}
