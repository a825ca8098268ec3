using System.Globalization;
using Evercard.Interop.Support;
using Xunit.Abstractions;

namespace Evercard.Interop.Kill;

/// <summary>Real processes, killed with SIGKILL at any instant while cards are renewed: <c>./test --kill --minutes N</c>, half of it on each database.</summary>
[Collection(ReadersCollection.Name)]
[Trait("Kind", "kill")]
public sealed class KillTests(VirtualReaders readers, ITestOutputHelper output)
{
    private static readonly double Minutes = double.TryParse(
        Environment.GetEnvironmentVariable("EVERCARD_KILL_MINUTES"), CultureInfo.InvariantCulture, out var given) ? given : 2;

    private static readonly int Seed = int.TryParse(
        Environment.GetEnvironmentVariable("EVERCARD_FAULTS_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 1;

    [Fact]
    public Task Whatever_is_killed_whenever_nothing_is_lost_on_SQLite() => Nothing("SQLite", null);

    [Fact]
    public async Task Whatever_is_killed_whenever_nothing_is_lost_on_PostgreSQL()
    {
        await using var database = await KilledDatabase.Start();
        await Nothing("PostgreSQL", database);
    }

    private async Task Nothing(string name, KilledDatabase? database)
    {
        await using var bench = await KillBench.Start(readers, database, new Random(Seed));
        try
        {
            await bench.Run(TimeSpan.FromMinutes(Minutes / 2));
            var left = await bench.Finish();
            var (kills, inside) = (bench.Kills.Values.Sum(k => k.Kills), bench.Kills.Values.Sum(k => k.Inside));
            output.WriteLine(string.Join(", ", bench.Kills.Select(k => $"{k.Key} {k.Value.Kills} ({k.Value.Inside} inside)")));
            output.WriteLine($"{name}: {kills} kills, {inside} of them inside an open operation ({100 * inside / Math.Max(kills, 1)} %), {bench.Renewed} renewals; seed {Seed}");
            output.WriteLine($"{name}: {left.Replace("ok ", "", StringComparison.Ordinal)} dead {bench.Dead}");
            bench.Dead.ShouldBe(0);
            left.ShouldStartWith("ok lost 0 doubled 0 orphaned 0 open 0 ");
            left.ShouldEndWith("audit whole");
            bench.Renewed.ShouldBeGreaterThan(0);

            // A short run has few kills: what chance makes of them says little.
            inside.ShouldBeGreaterThan(kills * (Minutes < 5 ? 4 : 6) / 10);
            kills.ShouldBeGreaterThan((int)(Minutes * 10));
        }
        finally
        {
            output.WriteLine(bench.Log);
        }
    }
}
