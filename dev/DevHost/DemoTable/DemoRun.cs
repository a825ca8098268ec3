using Evercard.Agent.Pages.Opening;
using Evercard.Cards.Pcsc;
using Evercard.Cards.Readers;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.Clock;
using Evercard.DevHost.Faults;
using Evercard.Lifecycle;

namespace Evercard.DevHost.DemoTable;

/// <summary>`./run`: server, agent and two virtual readers in one process, and the table in front of them.</summary>
/// <param name="Pcsc">The computer's own readers in place of virtual ones; the state is kept in <paramref name="Data"/>.</param>
/// <param name="OpensBrowser">Opens pages where there is a desktop; otherwise the table links to them.</param>
/// <param name="Port">Null: the usual one, or any where it is taken.</param>
/// <param name="Data">Folder that keeps the state of real cards.</param>
/// <param name="Verbose">Logs to standard error.</param>
internal sealed record DemoRun(bool Pcsc, bool OpensBrowser, int? Port, string Data, bool Verbose)
{
    private const int UsualPort = 5080;
    private const int UsualAgentPort = 35_960;

    public async Task<int> Run(TextWriter output, CancellationToken cancellation)
    {
        using var folder = Pcsc ? DataFolder.Lasting(Data) : DataFolder.Fresh();
        using IReaders readers = Pcsc ? new PcscReaders() : new SimulatedReaders(Table.FirstReader, Table.SecondReader);
        var lifecycle = new LifecycleOptions();
        var port = Port ?? (Pcsc ? LoopbackPort.Remembered(folder) : LoopbackPort.FreeOr(UsualPort));
        var address = $"http://localhost:{port}";
        Table? table = null;
        await using var node = await SampleNode.Start(
            new SampleNodeOptions
            {
                Folder = folder,
                Address = address,
                Lifecycle = lifecycle,
                LogLevel = Verbose ? LogLevel.Information : LogLevel.Critical,
                Table = () => table,
            },
            cancellation);

        var hasDesktop = OpensBrowser && Desktop.IsThere;
        var opened = new OpenedAddresses(hasDesktop ? PageOpener.OfThisComputer : null);
        var virtualReaders = readers as SimulatedReaders;
        var pull = virtualReaders is null ? null : new PullAtStep(virtualReaders);
        var computerClock = new DemoClock(node.Clock);
        await using var agent = new SwitchedAgent(new SwitchedAgentOptions
        {
            Server = new Uri(address),
            Data = folder.Agent,
            Readers = readers,
            PagesPort = LoopbackPort.FreeOr(UsualAgentPort),
            Time = computerClock,
            Opener = opened.Opener,
            Progressed = (reader, step) => pull?.Told(reader, step),
            Banner = SampleNode.Banner,
        });
        using var made = table = new Table(node, agent, readers, pull, computerClock, opened, lifecycle) { OpensWindows = hasDesktop };
        await node.Listen(cancellation);
        await output.WriteLineAsync($"Evercard demo: {address}/demo");
        await output.WriteLineAsync("Ctrl+C ends it.");
        await agent.Start(null, cancellation);
        await agent.Agent!.WhenConnected(cancellation);
        await node.Approve(agent.Agent.AgentId, cancellation);
        if (hasDesktop)
        {
            PageOpener.OfThisComputer.OpenBrowser(new Uri($"{address}/demo"));
        }

        try
        {
            if (table.Cards is { } cards)
            {
                await cards.MakeAll(cancellation);
            }

            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C.
        }

        return 0;
    }
}
