namespace Evercard.DevHost.Link;

/// <summary>A message that went by.</summary>
/// <param name="FromAgent">Otherwise from the server.</param>
/// <param name="Timestamp">Of the system's clock for measuring, when its last byte left its sender.</param>
public sealed record MessageSeen(bool FromAgent, long Timestamp);

/// <summary>Remembers which side sent a message and when; it does not look into them.</summary>
public sealed class LinkTap
{
    private readonly Lock writing = new();
    private readonly List<MessageSeen> seen = [];

    /// <summary>Begins a new list.</summary>
    /// <returns>What was seen since the last time.</returns>
    public IReadOnlyList<MessageSeen> Take()
    {
        lock (writing)
        {
            var all = seen.ToArray();
            seen.Clear();
            return all;
        }
    }

    internal void Note(bool fromAgent, int messages)
    {
        lock (writing)
        {
            for (var i = 0; i < messages; i++)
            {
                seen.Add(new MessageSeen(fromAgent, TimeProvider.System.GetTimestamp()));
            }
        }
    }
}
