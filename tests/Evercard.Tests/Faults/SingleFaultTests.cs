using Evercard.Tests.Support;
using Xunit.Abstractions;

namespace Evercard.Tests.Faults;

/// <summary>
/// Every single fault of every act: at any APDU, script, commit and signature, and between any two scripts. Each is finished at another computer,
/// a renewal by its cardholder alone.
/// </summary>
public abstract class SingleFaultTests(ITestOutputHelper output)
{
    private protected async Task NobodyIsLeft(Func<FaultedCard, Mortality, Task<FaultedAct>> open, FaultedCard card, int atLeast)
    {
        var table = new FaultTable();
        try
        {
            await new FaultBench(open, card).Singles(table);
        }
        finally
        {
            output.WriteLine($"{table}");
        }

        table.Dead.ShouldBe(0);
        table.Cases.ShouldBeGreaterThan(atLeast);

        // The same for every card: what the person is told, and how it ends. The second part may only shrink.
        var act = table.Act.ToLowerInvariant();
        GoldenFile.ShouldHold($"{act}.txt", Lines(table.Story), "Faults");
        GoldenFile.ShouldHold($"{act}-only-repair.txt", Lines(table.OnlyRepair), "Faults");
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}

[Trait("Kind", "sweep")]
public sealed class RenewalFaultTests(ITestOutputHelper output) : SingleFaultTests(output)
{
    [Fact]
    public Task No_single_fault_of_a_renewal_leaves_anybody_with_a_dead_card() => NobodyIsLeft(FaultedRenewal.Open, FaultedCard.Yubico, atLeast: 300);

    [Fact]
    public Task Nor_of_a_renewal_of_a_card_that_is_strictly_the_standards() => NobodyIsLeft(FaultedRenewal.Open, FaultedCard.Strict, atLeast: 300);

    [Fact]
    public Task Nor_of_a_renewal_of_RSA_keys() => NobodyIsLeft(FaultedRenewal.Open, FaultedCard.YubicoRsa, atLeast: 300);

    [Fact]
    public Task Nor_of_a_renewal_of_RSA_keys_of_a_card_that_is_strictly_the_standards() =>
        NobodyIsLeft(FaultedRenewal.Open, FaultedCard.StrictRsa, atLeast: 300);
}

[Trait("Kind", "sweep")]
public sealed class RepairFaultTests(ITestOutputHelper output) : SingleFaultTests(output)
{
    [Fact]
    public Task Nor_of_a_repair() => NobodyIsLeft(FaultedRepair.Open, FaultedCard.Yubico, atLeast: 300);

    [Fact]
    public Task Nor_of_a_repair_of_a_card_that_is_strictly_the_standards() => NobodyIsLeft(FaultedRepair.Open, FaultedCard.Strict, atLeast: 300);

    [Fact]
    public Task Nor_of_a_repair_with_RSA_keys() => NobodyIsLeft(FaultedRepair.Open, FaultedCard.YubicoRsa, atLeast: 300);

    [Fact]
    public Task Nor_of_a_repair_with_RSA_keys_of_a_card_that_is_strictly_the_standards() =>
        NobodyIsLeft(FaultedRepair.Open, FaultedCard.StrictRsa, atLeast: 300);
}

[Trait("Kind", "sweep")]
public sealed class PasscodeFaultTests(ITestOutputHelper output) : SingleFaultTests(output)
{
    [Fact]
    public Task Nor_of_an_unlock() => NobodyIsLeft(FaultedUnlock.Open, FaultedCard.Yubico, atLeast: 60);

    [Fact]
    public Task Nor_of_an_unlock_of_a_card_that_is_strictly_the_standards() => NobodyIsLeft(FaultedUnlock.Open, FaultedCard.Strict, atLeast: 60);

    [Fact]
    public Task Nor_of_an_unlock_with_RSA_keys() => NobodyIsLeft(FaultedUnlock.Open, FaultedCard.YubicoRsa, atLeast: 60);

    [Fact]
    public Task Nor_of_an_unlock_with_RSA_keys_of_a_card_that_is_strictly_the_standards() =>
        NobodyIsLeft(FaultedUnlock.Open, FaultedCard.StrictRsa, atLeast: 60);

    [Fact]
    public Task Nor_of_a_change_of_the_passcode() => NobodyIsLeft(FaultedPasscodeChange.Open, FaultedCard.Yubico, atLeast: 30);

    [Fact]
    public Task Nor_of_a_change_of_the_passcode_of_a_card_that_is_strictly_the_standards() => NobodyIsLeft(FaultedPasscodeChange.Open, FaultedCard.Strict, atLeast: 30);

    [Fact]
    public Task Nor_of_a_change_of_the_passcode_with_RSA_keys() => NobodyIsLeft(FaultedPasscodeChange.Open, FaultedCard.YubicoRsa, atLeast: 30);

    [Fact]
    public Task Nor_of_a_change_of_the_passcode_with_RSA_keys_of_a_card_that_is_strictly_the_standards() =>
        NobodyIsLeft(FaultedPasscodeChange.Open, FaultedCard.StrictRsa, atLeast: 30);

    [Fact]
    public void Every_kind_of_fault_has_its_point() => Fault.Points.Keys.ShouldBe(Enum.GetValues<FaultKind>());
}

/// <summary>The same on a database server, which has commits, locks and snapshots of its own.</summary>
[Trait("Kind", "postgres")]
public sealed class PostgresFaultTests(ITestOutputHelper output) : SingleFaultTests(output)
{
    [Fact]
    public Task No_single_fault_of_a_renewal_leaves_anybody_with_a_dead_card() => NobodyIsLeft(FaultedRenewal.Open, FaultedCard.Yubico, atLeast: 300);
}
