using System.Globalization;
using System.Text.RegularExpressions;
using Evercard.Cards;
using Evercard.Cards.Pcsc;
using Evercard.Cards.Readers;

namespace Evercard.Interop.Support;

/// <summary>A virtual reader of dev/readers.</summary>
internal sealed record VirtualReader(string Name, int Port);

/// <summary>The virtual readers of this computer's pcscd: started for these tests where they did not run yet.</summary>
public sealed partial class VirtualReaders : IAsyncLifetime
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);
    private readonly List<IAsyncDisposable> kept = [];
    private bool startedHere;

    /// <summary>Four, all empty at the start; cards that are kept sit in the first two.</summary>
    internal IReadOnlyList<VirtualReader> All { get; private set; } = [];

    internal PcscReaders Pcsc { get; } = new();

    public async Task InitializeAsync()
    {
        var status = await DevReaders("status");
        if (status.ExitCode != 0)
        {
            startedHere = true;
            status = await DevReaders("start");
            if (status.ExitCode != 0)
            {
                throw new InvalidOperationException($"These tests need the virtual readers, which did not start.\n{status}");
            }
        }

        var lines = StatusLine().Matches(status.Output);
        if (lines.Any(line => line.Groups["state"].Value != "empty"))
        {
            throw new InvalidOperationException($"These tests need all four virtual readers empty. Take the cards out: dev/readers stop\n{status}");
        }

        All = [.. lines.Select(line => new VirtualReader(line.Groups["name"].Value, int.Parse(line.Groups["port"].ValueSpan, CultureInfo.InvariantCulture)))];
        All.Count.ShouldBe(4, status.ToString());
    }

    /// <summary>Ends pcscd and starts it again; cards in the readers come back by themselves.</summary>
    internal static async Task Restart() => (await DevReaders("restart")).ShouldSucceed();

    /// <summary>Kills pcscd, and starts it again.</summary>
    internal static async Task Kill() => (await DevReaders("crash")).ShouldSucceed();

    /// <summary>Waits until the named reader looks as wanted.</summary>
    /// <exception cref="TimeoutException">It did not within that time, or 20 seconds.</exception>
    internal async Task<ReaderStatus> Until(string reader, Func<ReaderStatus, bool> wanted, TimeSpan? within = null)
    {
        using var late = new CancellationTokenSource(within ?? AtMost);
        IReadOnlyList<ReaderStatus> known = [];
        try
        {
            while (true)
            {
                known = await Task.Run(() => Pcsc.WaitForChange(known, AtMost, late.Token));
                if (known.FirstOrDefault(one => one.Name == reader && wanted(one)) is { } found)
                {
                    return found;
                }
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"{reader} did not become as expected. Now: {string.Join(", ", known)}", e);
        }
    }

    /// <summary>Disposed before the readers stop.</summary>
    internal void Keep(IAsyncDisposable card) => kept.Add(card);

    public async Task DisposeAsync()
    {
        foreach (var card in kept)
        {
            await card.DisposeAsync();
        }

        Pcsc.Dispose();
        if (startedHere)
        {
            await DevReaders("stop");
        }
    }

    private static Task<Testimony> DevReaders(string act) => Witness.Run(Repository.At("dev", "readers"), [act]);

    [GeneratedRegex(@"^(?<name>.+?)\s+port (?<port>\d+)\s+(?<state>card|empty)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex StatusLine();
}

/// <summary>All of this project: there is one pcscd on a computer, so nothing runs side by side.</summary>
[CollectionDefinition(Name)]
public sealed class ReadersCollection : ICollectionFixture<VirtualReaders>, ICollectionFixture<Judged.RenewedCards>
{
    public const string Name = "readers";
}
