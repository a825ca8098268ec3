using System.Collections.Concurrent;

namespace Evercard.Agent;

/// <summary>One act, or one look, at a time on each reader.</summary>
internal sealed class ReaderTurns
{
    /// <summary>How long a turn is waited for.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> byReader = new(StringComparer.Ordinal);

    /// <returns>Null where the reader stays taken for so long; otherwise dispose to give the turn back.</returns>
    public async Task<IDisposable?> Take(string reader, TimeSpan atMost, CancellationToken cancellation)
    {
        var turn = byReader.GetOrAdd(reader, _ => new SemaphoreSlim(1, 1));
        return await turn.WaitAsync(atMost, cancellation) ? new Turn(turn) : null;
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
