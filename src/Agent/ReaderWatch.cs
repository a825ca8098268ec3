using Evercard.Cards;
using Evercard.Cards.Readers;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent;

/// <summary>Sees cards come and go. A reset is neither.</summary>
/// <param name="came">Told each card that is new in a reader; must not block.</param>
/// <param name="left">Told each card that left, as it was last seen; must not block.</param>
/// <param name="readersChanged">Told all readers at the first look, and when a reader or what is in it has changed; must not block.</param>
internal sealed class ReaderWatch(
    IReaders readers, Action<ReaderStatus> came, Action<ReaderStatus> left, Action<IReadOnlyList<ReaderStatus>> readersChanged, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WithoutReaders = TimeSpan.FromSeconds(1);

    public async Task Run(CancellationToken cancellation)
    {
        IReadOnlyList<ReaderStatus>? known = null;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                var now = await Task.Run(() => known is null ? Listed() : readers.WaitForChange(known, Round, cancellation), cancellation);
                Tell(known, now);
                if (now.Count == 0 && known is null or { Count: 0 })
                {
                    // No reader, or no smartcard service: neither is worth a busy loop.
                    await Task.Delay(WithoutReaders, time, cancellation);
                }

                known = now;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                if (e is not CardConnectionException)
                {
                    log.LogError(e, "The readers cannot be watched");
                }

                var before = known;
                known = [];
                Tell(before, known);
                await Task.Delay(WithoutReaders, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private IReadOnlyList<ReaderStatus> Listed() => readers.List();

    private void Tell(IReadOnlyList<ReaderStatus>? known, IReadOnlyList<ReaderStatus> now)
    {
        var before = known ?? [];
        foreach (var old in before.Where(old => old.CardPresent))
        {
            if (now.FirstOrDefault(one => one.Name == old.Name) is not { CardPresent: true } present || present.EventCount != old.EventCount)
            {
                left(old);
            }
        }

        foreach (var one in now.Where(one => one.CardPresent))
        {
            if (before.FirstOrDefault(old => old.Name == one.Name) is not { CardPresent: true } old || old.EventCount != one.EventCount)
            {
                came(one);
            }
        }

        if (known is null || !before.Select(one => (one.Name, one.CardPresent)).SequenceEqual(now.Select(one => (one.Name, one.CardPresent))))
        {
            readersChanged(now);
        }
    }
}
