using Evercard.CardSimulator;
using Xunit.Abstractions;

namespace Evercard.Tests.Faults;

/// <summary>
/// Every single fault of every act: the card cut at any APDU, a script or its reply lost, the server killed at any commit, the signer down for
/// any signature. Each is finished at another computer, a renewal by its cardholder alone.
/// </summary>
[Trait("Kind", "sweep")]
public sealed class SingleFaultTests(ITestOutputHelper output)
{
    [Fact]
    public Task No_single_fault_of_a_renewal_leaves_anybody_with_a_dead_card() => NobodyIsLeft(FaultedRenewal.Open, CardModel.Yubico, atLeast: 140);

    [Fact]
    public Task Nor_of_a_renewal_of_a_card_that_is_strictly_the_standards() => NobodyIsLeft(FaultedRenewal.Open, new CardModel(), atLeast: 140);

    [Fact]
    public Task Nor_of_a_repair() => NobodyIsLeft(FaultedRepair.Open, CardModel.Yubico, atLeast: 150);

    [Fact]
    public Task Nor_of_an_unlock() => NobodyIsLeft(FaultedUnlock.Open, CardModel.Yubico, atLeast: 30);

    private async Task NobodyIsLeft(Func<CardModel, Mortality, Task<FaultedAct>> open, CardModel model, int atLeast)
    {
        var table = new FaultTable();
        try
        {
            await new FaultBench(open, model).Run(table);
        }
        finally
        {
            output.WriteLine($"{table}");
        }

        (table.Dead, table.NeedsRepair).ShouldBe((0, 0));
        table.Cases.ShouldBeGreaterThan(atLeast);
    }
}
