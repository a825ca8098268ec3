using System.Diagnostics;

namespace Evercard.Journeys.Support;

/// <summary>Waits for an event that nobody announces, by asking again and again.</summary>
internal static class Until
{
    public static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(40);

    /// <exception cref="TimeoutException">It did not come; the message says what was awaited.</exception>
    public static async Task<T> Found<T>(Func<Task<T?>> look, string awaited, TimeSpan? atMost = null)
        where T : class
    {
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < (atMost ?? AtMost))
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(AskAgainAfter);
        }

        throw new TimeoutException($"It did not come: {awaited}.");
    }

    public static Task True(Func<Task<bool>> look, string awaited, TimeSpan? atMost = null) =>
        Found(async () => await look() ? awaited : null, awaited, atMost);
}
