using Evercard.Cards.Pcsc;
using Evercard.Cards.Readers;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.Clock;
using Evercard.DevHost.Faults;

namespace Evercard.DevHost.Roles;

/// <summary>An agent alone in its process, with two simulated readers or the computer's own.</summary>
public sealed record AgentRole
{
    /// <summary>Folder of its device key.</summary>
    public required string Data { get; init; }

    /// <summary>The server that it is pinned to.</summary>
    public required Uri Server { get; init; }

    /// <summary>A card that is in the first reader from the start, or null.</summary>
    public string? Card { get; init; }

    /// <summary>Takes commands from standard input: see <see cref="AgentCommands.Help"/>.</summary>
    public bool Commands { get; init; }

    /// <summary>Port of its pages, 0 for any; null: none.</summary>
    public int? PagesPort { get; init; }

    public string? ComputerName { get; init; }

    /// <summary>The computer's own readers.</summary>
    public bool Pcsc { get; init; }

    /// <summary>Tells another version than its own.</summary>
    public string? Version { get; init; }

    /// <summary>How far its present is ahead of the system's clock, like the server's.</summary>
    public TimeSpan NowOffset { get; init; }

    /// <summary>How far the computer's clock is ahead of that.</summary>
    public TimeSpan ClockOffset { get; init; }

    public async Task<int> Run(CancellationToken cancellation)
    {
        using IReaders readers = Pcsc ? new PcscReaders() : new SimulatedReaders(AgentCommands.FirstReader, AgentCommands.SecondReader);
        var clock = new DemoClock(new ShiftedTime(NowOffset));
        clock.MoveBy(ClockOffset);
        var opened = new OpenedAddresses();
        var pull = readers is SimulatedReaders simulated ? new PullAtStep(simulated) : null;
        await using var agent = new SwitchedAgent(new SwitchedAgentOptions
        {
            Server = Server,
            Data = Data,
            Readers = readers,
            ComputerName = ComputerName ?? Environment.MachineName,
            PagesPort = PagesPort,
            Version = Version,
            Time = clock,
            Opener = opened.Opener,
            Progressed = (reader, step) => pull?.Told(reader, step),
            Banner = SampleNode.Banner,
        });
        await agent.Start(Version, cancellation);
        if (agent.Pages is { } pages)
        {
            await Console.Out.WriteLineAsync($"Pages at {pages}");
        }

        if (ClockOffset == TimeSpan.Zero && Version is null)
        {
            // An agent that the server may refuse is not waited for.
            await agent.Agent!.WhenConnected(cancellation);
        }

        using var commands = new AgentCommands(agent, readers as SimulatedReaders, pull, clock, opened);
        await Console.Out.WriteLineAsync($"Connected to {Server}");
        if (Card is not null)
        {
            await commands.Do(["insert", Card], cancellation);
        }

        await (Commands ? LineCommands.Serve(words => commands.Do(words, cancellation), cancellation) : LineCommands.WaitForEnd(cancellation));
        return 0;
    }
}
