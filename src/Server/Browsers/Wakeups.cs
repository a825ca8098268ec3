namespace Evercard.Server.Browsers;

/// <summary>
/// Wakes the live pages of this node when something that they show has changed: a session, or a smartcard. Only a hint: the truth is in the
/// database, and is looked at anyway.
/// </summary>
public sealed class Wakeups
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<TaskCompletionSource>> waiting = new(StringComparer.Ordinal);

    /// <summary>Something about this smartcard has changed.</summary>
    public void Wake(Guid smartcardId) => Wake($"{smartcardId}");

    /// <summary>Something about this computer's readers has changed.</summary>
    public void WakeComputer(string agentId) => Wake($"computer {agentId}");

    /// <inheritdoc cref="Next(Guid,CancellationToken)"/>
    public Task NextOfComputer(string agentId, CancellationToken cancellation) => Next($"computer {agentId}", cancellation);

    /// <summary>Something about this session has changed.</summary>
    public void Wake(string sessionId)
    {
        List<TaskCompletionSource>? woken;
        lock (gate)
        {
            waiting.Remove(sessionId, out woken);
        }

        woken?.ForEach(one => one.TrySetResult());
    }

    /// <summary>Ask for it first and then read: a change in between is not missed.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits any longer.</exception>
    public Task Next(Guid smartcardId, CancellationToken cancellation) => Next($"{smartcardId}", cancellation);

    /// <inheritdoc cref="Next(Guid,CancellationToken)"/>
    public async Task Next(string sessionId, CancellationToken cancellation)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!waiting.TryGetValue(sessionId, out var others))
            {
                waiting[sessionId] = others = [];
            }

            others.Add(mine);
        }

        try
        {
            await mine.Task.WaitAsync(cancellation);
        }
        finally
        {
            Forget(sessionId, mine);
        }
    }

    private void Forget(string key, TaskCompletionSource mine)
    {
        lock (gate)
        {
            if (waiting.TryGetValue(key, out var others) && others.Remove(mine) && others.Count == 0)
            {
                waiting.Remove(key);
            }
        }
    }
}
