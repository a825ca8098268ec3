using Evercard.Bench.Renewals;
using Evercard.DevHost;
using Evercard.DevHost.Roles;

namespace Evercard.Bench.Memory;

/// <summary>What both processes hold after so many renewals, everything that is garbage collected.</summary>
internal sealed record MemoryReading(int Renewals, MemoryInUse Server, MemoryInUse Agent);

/// <summary>
/// Server and agent as separate processes, and many renewals of instant cards: each card is issued by the server, renewed
/// some times (the renewal window is longer than a certificate's life), and replaced by the next.
/// </summary>
/// <param name="Renewals">In all.</param>
/// <param name="Every">Renewals between two readings.</param>
internal sealed record MemoryRun(int Renewals, int Every)
{
    private const int RenewalsOfOneCard = 20;

    public async Task<IReadOnlyList<MemoryReading>> Measure(CancellationToken cancellation)
    {
        using var folder = DataFolder.Fresh();
        var address = $"http://127.0.0.1:{LoopbackPort.Free()}";
        await using var server = await RoleProcess.Start(cancellation, "server", "--data", folder.Path, "--address", address, "--window", $"{RenewalTrial.AlwaysDue}");
        await using var agent = await RoleProcess.Start(cancellation, "agent", "--data", folder.Agent, "--server", address);

        var readings = new List<MemoryReading>();
        for (var done = 0; done < Renewals; done += RenewalsOfOneCard)
        {
            var file = Path.Combine(folder.Cards, $"{done}.json");
            await server.Ask($"issue {file} 30", cancellation);
            if (done > 0)
            {
                await agent.Ask("remove", cancellation);
            }

            await agent.Ask($"insert {file}", cancellation);
            await agent.Ask($"renew {RenewalsOfOneCard}", cancellation);
            if ((done + RenewalsOfOneCard) % Every == 0)
            {
                readings.Add(new MemoryReading(done + RenewalsOfOneCard, await Memory(server, cancellation), await Memory(agent, cancellation)));
            }
        }

        return readings;
    }

    private static async Task<MemoryInUse> Memory(RoleProcess process, CancellationToken cancellation) =>
        MemoryInUse.Parse(await process.Ask("memory", cancellation));
}
