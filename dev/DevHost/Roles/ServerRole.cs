using Evercard.Authority;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Server;

namespace Evercard.DevHost.Roles;

/// <summary>A server node alone in its process, with the sample people.</summary>
/// <param name="Data">Folder of its database and keys.</param>
/// <param name="Address">Where it listens and what agents are pinned to.</param>
/// <param name="RenewalWindowDays">Null: the usual window.</param>
/// <param name="Commands">Takes commands from standard input: "issue FILE DAYS" makes a sample card, "memory" tells heap and resident bytes, "end".</param>
public sealed record ServerRole(string Data, string Address, int? RenewalWindowDays, bool Commands)
{
    public async Task<int> Run(CancellationToken cancellation)
    {
        using var folder = DataFolder.Lasting(Data);
        var lifecycle = new LifecycleOptions();
        lifecycle = RenewalWindowDays is { } days ? lifecycle with { RenewalWindowDays = days } : lifecycle;
        await using var node = await CareIdentity.Build(
            new ServerOptions
            {
                Address = Address,
                Database = folder.Database,
                Authority = folder.Authority(new Uri(Address)),
                Lifecycle = lifecycle,
                LogLevel = LogLevel.Warning,
                LogToStandardError = true,
            },
            cancellation);
        await node.StartAsync(cancellation);
        var samples = new SampleWard(
            node.Services.GetRequiredService<Database>(), node.Services.GetRequiredService<CertificateAuthority>(), lifecycle, TimeProvider.System);
        await samples.Open(cancellation);
        await Console.Out.WriteLineAsync($"Listening on {Address}");
        await (Commands ? LineCommands.Serve(words => Do(words, samples, cancellation), cancellation) : LineCommands.WaitForEnd(cancellation));
        await node.StopAsync(CancellationToken.None);
        return 0;
    }

    private static async Task<string> Do(string[] words, SampleWard samples, CancellationToken cancellation)
    {
        switch (words)
        {
            case ["issue", var file, var days]:
                await SampleCardFile.Make(
                    file, SampleWard.Wren, PivAlgorithm.P256, CardSpeed.Instant, int.Parse(days, System.Globalization.CultureInfo.InvariantCulture), samples, cancellation);
                return file;
            case ["memory"]:
                return MemoryInUse.Now().ToString();
            default:
                throw new ArgumentException("Commands: issue FILE DAYS, memory, end.", nameof(words));
        }
    }
}
