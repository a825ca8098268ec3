using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Evercard.Server.Browsers;

/// <summary>What a live page should know: which state it shows, or where it goes.</summary>
/// <param name="Version">Two states with one version look alike.</param>
/// <param name="Go">Where the page moves on to; null where it stays.</param>
public sealed record LiveState(string Version, string? Go = null);

/// <summary>Server-sent events of a page: "change" when it would look different, "go" when it moves on.</summary>
internal static class Live
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SayNothingFor = TimeSpan.FromSeconds(20);

    /// <param name="seen">The version that the page shows; null: what is found first.</param>
    /// <param name="look">Reads the state.</param>
    /// <param name="changed">Completes when it may have changed on this node; other nodes are seen by looking once a second.</param>
    /// <param name="cancellation">The browser is gone.</param>
    public static async IAsyncEnumerable<SseItem<string>> Events(
        string? seen, Func<CancellationToken, Task<LiveState>> look, Func<CancellationToken, Task> changed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var since = Environment.TickCount64;
        while (!cancellation.IsCancellationRequested)
        {
            using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellation);

            // Asked for before the look, so that a change in between is not lost.
            var next = changed(round.Token);
            var state = await look(cancellation);
            if (state.Go is { } address)
            {
                yield return new SseItem<string>(address, "go");
                yield break;
            }

            if (seen is not null && seen != state.Version)
            {
                yield return new SseItem<string>(state.Version, "change");
                since = Environment.TickCount64;
            }
            else if (Environment.TickCount64 - since > SayNothingFor.TotalMilliseconds)
            {
                // Proxies end what says nothing.
                yield return new SseItem<string>("", "still-here");
                since = Environment.TickCount64;
            }

            seen = state.Version;
            await Task.WhenAny(next, Task.Delay(LookAgainAfter, cancellation));
            await round.CancelAsync();
        }
    }
}
