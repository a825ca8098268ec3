using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Evercard.Tests.Faults;

/// <summary>
/// Faults two at a time, by sampling: the second strikes the visit that was to finish what the first had cut. Which ones is decided by the seed, so that a
/// failure comes again; <c>./test --faults --seed N --rounds N</c>.
/// </summary>
public abstract class PairTests(ITestOutputHelper output)
{
    private const int EachRound = 1000;

    private static readonly int Seed = Number("EVERCARD_FAULTS_SEED", 1);
    private static readonly int Rounds = Number("EVERCARD_FAULTS_ROUNDS", 1);

    private static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    private protected async Task NobodyIsLeft(FaultedCard card)
    {
        // Half of the pairs each: two kinds of card, two classes, two threads.
        var count = Rounds * EachRound / 2;
        var table = new FaultTable();
        var clock = Stopwatch.StartNew();
        try
        {
            await new FaultBench(FaultedRenewal.Open, card).Pairs(count, new Random(Seed), table);
        }
        finally
        {
            output.WriteLine($"{table}");
            output.WriteLine($"pairs of faults, {card}: {table.Cases} of seed {Seed} in {clock.Elapsed.TotalSeconds:F0} s");
            foreach (var line in table.OnlyRepair)
            {
                output.WriteLine(line);
            }
        }

        table.Dead.ShouldBe(0);
        table.Cases.ShouldBe(count);
    }
}

[Trait("Kind", "sweep")]
public sealed class PairsOnAYubicoCardTests(ITestOutputHelper output) : PairTests(output)
{
    [Fact]
    public Task No_two_faults_of_a_renewal_leave_anybody_with_a_dead_card() => NobodyIsLeft(FaultedCard.Yubico);
}

[Trait("Kind", "sweep")]
public sealed class PairsOnAStrictCardTests(ITestOutputHelper output) : PairTests(output)
{
    [Fact]
    public Task No_two_faults_of_a_renewal_leave_anybody_with_a_dead_card() => NobodyIsLeft(FaultedCard.Strict);
}
