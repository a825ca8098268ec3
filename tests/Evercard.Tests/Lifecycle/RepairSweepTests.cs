using Evercard.CardSimulator;
using Evercard.Lifecycle.Renewal;

namespace Evercard.Tests.Lifecycle;

/// <summary>The promise of repairs: cut at any APDU, any ID Checker finishes it at another computer.</summary>
[Trait("Kind", "sweep")]
public sealed class RepairSweepTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_repair_cut_at_any_APDU_is_finished_by_an_ID_Checker_at_another_computer(bool afterEffect)
    {
        using var desk = await Desk.Open();
        var (whole, wholeId) = await desk.Expired();
        var apdus = 0;
        whole.Transcript = _ => apdus++;
        (await desk.Visit(whole, wholeId)).ShouldBeOfType<RenewalOutcome.Completed>();
        apdus.ShouldBeGreaterThan(30);
        for (var apdu = 1; apdu <= apdus; apdu++)
        {
            var where = $"cut {(afterEffect ? "after" : "before")} APDU {apdu}";
            var (card, id) = await desk.Expired();
            card.CutAt(card.ApdusSeen + apdu, afterEffect ? CutPoint.AfterEffect : CutPoint.BeforeEffect);
            (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Refused>(where).Refusal.Code.ShouldBe("CARD-REMOVED", where);
            var elsewhere = await desk.LogIn("ward4-pc2");
            (await desk.Visit(card, id, elsewhere, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>(where);
            await RepairTests.IsRepaired(desk, card, id);
            card.Image.Puk.TriesLeft.ShouldBe(card.Model.PukTries, where);
        }
    }
}
