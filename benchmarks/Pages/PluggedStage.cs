using Evercard.Cards.Pcsc;
using Evercard.CardSimulator.Vpcd;
using Evercard.Journeys.Support;

namespace Evercard.Bench.Pages;

/// <summary>
/// A stage whose agent sees the readers of pcscd. This process itself plugs the cards in: the start of a program that does it would be measured too.
/// </summary>
/// <param name="chromium">The browser.</param>
/// <param name="name">Of the virtual reader that is used.</param>
/// <param name="port">Where that reader waits for a card.</param>
internal sealed class PluggedStage(Chromium chromium, string name, int port) : Stage(chromium)
{
    private readonly PcscReaders readers = new();
    private (CancellationTokenSource Pull, Task Runs)? card;

    protected override string[] Readers => ["--pcsc"];

    internal override Task Insert(string file, int reader = FirstReader)
    {
        var pull = new CancellationTokenSource();
        card = (pull, Task.Run(() => PluggedCard.Run(file, port, pull.Token)));
        return Task.CompletedTask;
    }

    internal override async Task Remove(int reader = FirstReader)
    {
        if (card is not { } inside)
        {
            return;
        }

        card = null;
        await inside.Pull.CancelAsync();
        await inside.Runs.ContinueWith(_ => { }, TaskScheduler.Default);
        inside.Pull.Dispose();

        // The reader is looked at from time to time: a card that comes before the one before it was missed is never noticed.
        await Until.True(() => Task.FromResult(!readers.List().Single(reader => reader.Name == name).CardPresent), "the reader empty");
    }

    private protected override Task Clear() => Remove();
}
