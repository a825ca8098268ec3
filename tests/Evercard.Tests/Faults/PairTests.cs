using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Evercard.Tests.Faults;

/// <summary>
/// Faults two at a time, by sampling: the second strikes the visit that was to finish what the first had cut. Which ones is decided by the seed, so that a
/// failure comes again; <c>./test --faults --seed N --rounds N</c>.
/// </summary>
[Trait("Kind", "sweep")]
public sealed class PairTests(ITestOutputHelper output)
{
    private const int EachRound = 1000;

    /// <summary>For each card.</summary>
    private const int Parts = 2;

    private static readonly FaultedCard[] Cards = [FaultedCard.Yubico, FaultedCard.Strict];
    private static readonly int Seed = Number("EVERCARD_FAULTS_SEED", 1);
    private static readonly int Rounds = Number("EVERCARD_FAULTS_ROUNDS", 1);

    private static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    [Fact]
    public async Task No_two_faults_of_a_renewal_leave_anybody_with_a_dead_card()
    {
        var table = new FaultTable();
        var clock = Stopwatch.StartNew();
        var (all, pieces) = (Rounds * EachRound, Parts * Cards.Length);
        var left = new ConcurrentQueue<int>(Enumerable.Range(0, pieces));
        var failures = new ConcurrentQueue<string>();
        try
        {
            // Side by side, which xunit does with classes alone; on threads of their own, for nothing in there ever waits, and other tests need the pool's.
            await Task.WhenAll(Enumerable.Range(0, Rounds == 1 ? 1 : Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    while (left.TryDequeue(out var piece))
                    {
                        Piece(piece % Cards.Length, piece / Cards.Length).GetAwaiter().GetResult();
                    }
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        }
        finally
        {
            output.WriteLine($"{table}");
            output.WriteLine($"pairs of faults: {table.Cases} of seed {Seed} in {clock.Elapsed.TotalSeconds:F0} s, dead {table.Dead}");
            foreach (var line in table.OnlyRepair)
            {
                output.WriteLine(line);
            }
        }

        failures.ShouldBeEmpty(string.Join('\n', failures));
        table.Dead.ShouldBe(0);
        table.Cases.ShouldBe(all);

        async Task Piece(int card, int part)
        {
            try
            {
                await new FaultBench(FaultedRenewal.Open, Cards[card]).Pairs(all / pieces, new Random(Seed), (part, Parts), table);
            }
            catch (Exception e)
            {
                failures.Enqueue(e is ShouldAssertException ? e.Message : $"{e}");
            }
        }
    }
}
