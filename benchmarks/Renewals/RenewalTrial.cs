using Evercard.Cards.Piv;
using Evercard.Cards.Readers;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost;
using Evercard.DevHost.Link;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Microsoft.Extensions.Logging;

namespace Evercard.Bench.Renewals;

/// <summary>
/// Server and agent in this process over a real WebSocket, and one P-256 card that is renewed again and again. So that it
/// is always due, the renewal window is longer than a certificate's life; nothing else differs from the usual rules.
/// </summary>
/// <param name="Speed">Of the card.</param>
/// <param name="LinkDelay">Round-trip time added between server and agent.</param>
/// <param name="WarmUps">Renewals before those that count.</param>
/// <param name="Renewals">Those that count.</param>
/// <param name="Tapped">Counts the messages on the link.</param>
internal sealed record RenewalTrial(CardSpeed Speed, TimeSpan LinkDelay, int WarmUps, int Renewals, bool Tapped = false)
{
    /// <summary>Longer than the 24 months of a new certificate.</summary>
    public const int AlwaysDue = 1_000;

    private const string Reader = "Virtual reader 1";

    /// <summary>With a card in a simulated reader of this process.</summary>
    public Task<IReadOnlyList<RenewalTaken>> Run(CancellationToken cancellation) =>
        Run(
            new SimulatedReaders(Reader),
            Reader,
            (readers, file) =>
            {
                var card = SimulatedCard.Open(file);
                ((SimulatedReaders)readers).Insert(Reader, card);
                return card;
            },
            cancellation);

    /// <param name="readers">Disposed at the end.</param>
    /// <param name="reader">The reader to use; empty.</param>
    /// <param name="plug">Puts the card of a file into the reader, until the returned value is disposed.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<RenewalTaken>> Run(IReaders readers, string reader, Func<IReaders, string, IDisposable> plug, CancellationToken cancellation)
    {
        using var folder = DataFolder.Fresh();
        using var disposedLater = readers;
        var tap = Tapped || LinkDelay > TimeSpan.Zero ? new LinkTap() : null;
        await using var node = await RunningNode.Start(
            new RunningOptions
            {
                Folder = folder,
                Readers = readers,
                Lifecycle = new LifecycleOptions { RenewalWindowDays = AlwaysDue },
                LinkDelay = LinkDelay,
                Tap = tap,
                LogLevel = LogLevel.Critical,
            },
            cancellation);
        var file = Path.Combine(folder.Cards, "card.json");
        await SampleCardFile.Make(file, SampleWard.Wren, PivAlgorithm.P256, Speed, 30, node.Samples, cancellation);
        var renewals = new RepeatedRenewals(node.Agent, reader);
        var greeting = renewals.NextGreeting();
        using var plugged = plug(readers, file);
        await RepeatedRenewals.Greeting(greeting, cancellation);

        var taken = new List<RenewalTaken>();
        for (var i = 0; i < WarmUps + Renewals; i++)
        {
            var (act, whole) = await renewals.Renew(cancellation, () => tap?.Take());
            if (i >= WarmUps)
            {
                taken.Add(new RenewalTaken(whole.TotalSeconds, act.CardMilliseconds / 1_000.0, act.RoundTrips, tap?.Take()));
            }
        }

        return taken;
    }
}
