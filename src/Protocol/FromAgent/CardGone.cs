namespace Evercard.Protocol;

/// <summary>The card left this reader (or the reader was unplugged). The agent's own resets are not told.</summary>
/// <param name="Reader">The reader's name as the computer tells it.</param>
/// <param name="Insertion">The count that SeeCard told of the card that left: a late message must not take away the card that came after it.</param>
public sealed record CardGone(string Reader, int Insertion) : Message
{
    internal override string? FindFault() => Field.Text(Reader, nameof(Reader)) ?? Field.NotNegative(Insertion, nameof(Insertion));
}
