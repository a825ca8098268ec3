using Evercard.CardSimulator.Vpcd;
using Evercard.Journeys.Support;

namespace Evercard.Bench.Pages;

/// <summary>
/// A stage whose agent sees the readers of pcscd. This process itself plugs the cards in: the start of a program that does it would be measured too.
/// </summary>
/// <param name="chromium">The browser.</param>
/// <param name="port">Of the virtual reader that is used.</param>
internal sealed class PluggedStage(Chromium chromium, int port) : Stage(chromium)
{
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
    }

    private protected override Task Clear() => Remove();
}
