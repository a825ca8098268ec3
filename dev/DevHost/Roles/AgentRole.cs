using System.Globalization;
using Evercard.Agent;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evercard.DevHost.Roles;

/// <summary>An agent alone in its process, with one simulated reader.</summary>
/// <param name="Data">Folder of its device key.</param>
/// <param name="Server">The server that it is pinned to.</param>
/// <param name="Card">A card that is in the reader from the start, or null.</param>
/// <param name="Commands">
/// Takes commands from standard input: "insert FILE", "remove", "renew TIMES" logs in, renews and logs out with the sample
/// passcode, "memory" tells heap and resident bytes, "end".
/// </param>
public sealed record AgentRole(string Data, Uri Server, string? Card, bool Commands)
{
    private const string Reader = "Virtual reader 1";

    public async Task<int> Run(CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var readers = new SimulatedReaders(Reader);
        using var agent = new IdentityAgent(
            new AgentOptions { ServerAddress = Server, DataFolder = Data }, readers, TimeProvider.System, NullLoggerFactory.Instance);
        var runs = agent.Run(ended.Token);
        await agent.WhenConnected(cancellation);
        var renewals = new RepeatedRenewals(agent, Reader);
        await Console.Out.WriteLineAsync($"Connected to {Server}");
        if (Card is not null)
        {
            await renewals.Insert(readers, SimulatedCard.Open(Card), cancellation);
        }

        await (Commands ? LineCommands.Serve(words => Do(words, readers, renewals, cancellation), cancellation) : LineCommands.WaitForEnd(cancellation));
        await ended.CancelAsync();
        await runs.ContinueWith(_ => { }, TaskScheduler.Default);
        readers.CardIn(Reader)?.Dispose();
        return 0;
    }

    private static async Task<string> Do(string[] words, SimulatedReaders readers, RepeatedRenewals renewals, CancellationToken cancellation)
    {
        switch (words)
        {
            case ["insert", var file]:
                var greeting = await renewals.Insert(readers, SimulatedCard.Open(file), cancellation);
                return greeting.State.ToString();
            case ["remove"]:
                var card = readers.CardIn(Reader);
                readers.Remove(Reader);
                card?.Dispose();
                return "removed";
            case ["renew", var times]:
                for (var i = int.Parse(times, CultureInfo.InvariantCulture); i > 0; i--)
                {
                    await renewals.Renew(cancellation);
                }

                return "renewed";
            case ["memory"]:
                return MemoryInUse.Now().ToString();
            default:
                throw new ArgumentException("Commands: insert FILE, remove, renew TIMES, memory, end.", nameof(words));
        }
    }
}
