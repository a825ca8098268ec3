namespace Evercard.Protocol;

/// <summary>A reader of the agent's computer.</summary>
/// <param name="Name">As the computer tells it.</param>
/// <param name="HasCard">Something is in it, whether it can be read or not.</param>
public sealed record ReaderSeen(string Name, bool HasCard);

/// <summary>All readers of the computer, also those that hold no card. Sent on each new link and whenever it changes; what was told before no longer holds.</summary>
/// <param name="Readers">In the computer's order; at most 16, each name once.</param>
public sealed record ReadersSeen(IReadOnlyList<ReaderSeen> Readers) : Message
{
    public const int Most = 16;

    internal override string? FindFault() =>
        Field.Count(Readers, nameof(Readers), 0, Most)
        ?? Readers.Select(reader => Field.Text(reader.Name, nameof(ReaderSeen.Name))).FirstOrDefault(fault => fault is not null)
        ?? (Readers.DistinctBy(reader => reader.Name, StringComparer.Ordinal).Count() < Readers.Count ? $"{nameof(Readers)} has a name twice" : null);
}
