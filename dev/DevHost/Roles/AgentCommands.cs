using System.Globalization;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.Clock;
using Evercard.DevHost.Faults;
using Evercard.DevHost.SampleCards;

namespace Evercard.DevHost.Roles;

/// <summary>What can be done at the computer of an agent, as commands. READER is 1 or 2.</summary>
internal sealed class AgentCommands(SwitchedAgent agent, SimulatedReaders? readers, PullAtStep? pull, DemoClock clock, OpenedAddresses opened) : IDisposable
{
    public const string FirstReader = "Virtual reader 1";
    public const string SecondReader = "Virtual reader 2";

    public const string Help =
        "Commands: insert FILE (and wait for the greeting), insert READER FILE, remove [READER], unplug READER, plug READER, speed READER SPEED, pull-at STEP|never, "
        + "network off|on, agent off|on [VERSION], clock +SECONDS|-SECONDS|now, opened, renew TIMES (log in, renew, log out), memory, end.";

    private readonly CardsByFile? cards = readers is null ? null : new CardsByFile(readers);
    private RepeatedRenewals? renewals;

    public async Task<string> Do(string[] words, CancellationToken cancellation)
    {
        switch (words)
        {
            case ["insert", var file]:
                return (await Renewals.Insert(Readers, cards!.Open(file), cancellation)).State.ToString();
            case ["insert", var reader, var file]:
                Readers.CardIn(Name(reader)); // no such reader: say so before the file is taken
                cards!.Insert(Name(reader), file);
                return "inserted";
            case ["remove", .. var reader]:
                Readers.CardIn(Name(reader is [var which] ? which : "1"));
                cards!.Remove(Name(reader is [var from] ? from : "1"));
                return "removed";
            case ["unplug", var reader]:
                Readers.Unplug(Name(reader));
                return "unplugged";
            case ["plug", var reader]:
                Readers.AddReader(Name(reader));
                return "plugged";
            case ["speed", var reader, var speed]:
                (Readers.CardIn(Name(reader)) ?? throw new InvalidOperationException("There is no card in that reader.")).RunAt(Enum.Parse<CardSpeed>(speed, ignoreCase: true));
                return speed;
            case ["pull-at", var step]:
                (pull ?? throw NoReaders()).Step = step == "never" ? null : Number(step);
                return step;
            case ["network", "off"]:
                agent.Network.Cut();
                return "off";
            case ["network", "on"]:
                agent.Network.Mend();
                return "on";
            case ["agent", "off"]:
                await agent.Stop();
                renewals = null;
                return "off";
            case ["agent", "on", .. var version]:
                await agent.Start(version is [var told] ? told : null, cancellation);
                renewals = null;
                return agent.Pages?.ToString() ?? "on";
            case ["clock", "now"]:
                clock.BackToNow();
                return $"{clock.GetUtcNow():O}";
            case ["clock", var by]:
                clock.MoveBy(TimeSpan.FromSeconds(Number(by)));
                return $"{clock.GetUtcNow():O}";
            case ["opened"]:
                return string.Join(' ', opened.Take());
            case ["renew", var times]:
                for (var i = Number(times); i > 0; i--)
                {
                    await Renewals.Renew(cancellation);
                }

                return "renewed";
            case ["memory"]:
                return MemoryInUse.Now().ToString();
            default:
                throw new ArgumentException(Help, nameof(words));
        }
    }

    public void Dispose() => cards?.Dispose();

    private SimulatedReaders Readers => readers ?? throw NoReaders();

    private RepeatedRenewals Renewals => renewals ??= new RepeatedRenewals(
        agent.Agent ?? throw new InvalidOperationException("The agent is off."), FirstReader);

    private static InvalidOperationException NoReaders() => new("These are the computer's own readers: use them by hand.");

    private static string Name(string reader) => reader switch
    {
        "1" => FirstReader,
        "2" => SecondReader,
        _ => throw new ArgumentException("A reader is 1 or 2.", nameof(reader)),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
