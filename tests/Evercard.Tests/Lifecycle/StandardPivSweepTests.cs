using Evercard.CardSimulator;

namespace Evercard.Tests.Lifecycle;

/// <summary>The promise of <see cref="Faults.SingleFaultTests"/> on a card that knows nothing but the standard.</summary>
[Trait("Kind", "sweep")]
public sealed class StandardPivSweepTests(OpenWard open) : IClassFixture<OpenWard>
{
    [Fact]
    public async Task A_standard_card_cut_after_any_APDU_is_finished_at_another_computer()
    {
        var sweep = new CutSweep(open.Ward, () => OtherCards.StandardPiv(open.Ward));
        foreach (var apdu in Enumerable.Range(1, (await sweep.Undisturbed()).Count))
        {
            await sweep.CutAndFinish(apdu, CutPoint.AfterEffect);
        }

        await CardCheck.AuditChainIsWhole(open.Ward);
    }
}
