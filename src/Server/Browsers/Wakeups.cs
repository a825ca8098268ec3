using System.Collections.Concurrent;

namespace Evercard.Server.Browsers;

/// <summary>Wakes live pages of this node when something they show has changed. Only a hint: the truth is in the database, and is looked at anyway.</summary>
public sealed class Wakeups
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new(StringComparer.Ordinal);

    /// <summary>Something about this card has changed.</summary>
    public void Wake(Guid smartcardId)
    {
        if (waiting.TryRemove($"{smartcardId}", out var source))
        {
            source.TrySetResult();
        }
    }

    /// <summary>Completes at the next change.</summary>
    public Task Next(Guid smartcardId, CancellationToken cancellation) =>
        waiting.GetOrAdd($"{smartcardId}", _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(cancellation);
}
