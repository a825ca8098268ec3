using Evercard.Protocol;

namespace Evercard.Server.AgentLink;

/// <summary>A reader that an agent told of.</summary>
/// <param name="Name">As its computer tells it.</param>
/// <param name="CardSince">Since when something is in it, by the server's clock; null where it is empty.</param>
public sealed record SeenReader(string Name, DateTimeOffset? CardSince);

/// <summary>All readers of an agent's computer, kept with the link that they were told over and gone with it.</summary>
public sealed class SeenReaders
{
    private volatile IReadOnlyList<SeenReader>? told;

    /// <summary>In the computer's order; null before the agent has told them.</summary>
    public IReadOnlyList<SeenReader>? All => told;

    /// <summary>What was told before no longer holds.</summary>
    public void Replace(ReadersSeen seen, DateTimeOffset now)
    {
        var before = told ?? [];
        told = [.. seen.Readers.Select(one => new SeenReader(
            one.Name, one.HasCard ? before.FirstOrDefault(old => old.Name == one.Name)?.CardSince ?? now : null))];
    }
}
