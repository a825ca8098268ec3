using Evercard.CardSimulator;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>
/// The promise: a P-256 renewal cut at every single APDU, before and after its effect and inside every write, is finished by
/// the cardholder alone at another computer. The points are counted from an undisturbed run, so that none can be left out.
/// </summary>
public sealed class CutSweepTests
{
    [Fact]
    public async Task A_renewal_cut_after_any_APDU_is_finished_at_another_computer()
    {
        using var ward = await Ward.Open();
        var apdus = await Undisturbed(ward, CardModel.Yubico);
        foreach (var apdu in Enumerable.Range(1, apdus.Count))
        {
            await CutAndFinish(ward, apdu, CutPoint.AfterEffect);
        }

        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task A_renewal_cut_before_any_APDU_is_finished_at_another_computer()
    {
        using var ward = await Ward.Open();
        var apdus = await Undisturbed(ward, CardModel.Yubico);
        foreach (var apdu in Enumerable.Range(1, apdus.Count))
        {
            await CutAndFinish(ward, apdu, CutPoint.BeforeEffect);
        }

        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task A_write_torn_in_the_middle_is_finished_at_another_computer()
    {
        using var ward = await Ward.Open();
        var apdus = await Undisturbed(ward, CardModel.Yubico);
        var links = Enumerable.Range(1, apdus.Count).Where(n => apdus[n - 1] == 0xDB).ToList();
        links.Count.ShouldBeGreaterThan(4, "two chained PUT DATA");
        foreach (var torn in Enum.GetValues<TornObject>())
        {
            foreach (var apdu in links)
            {
                await CutAndFinish(ward, apdu, CutPoint.TornWrite(torn));
            }
        }
    }

    /// <summary>The instruction of each APDU of a whole renewal.</summary>
    private static async Task<IReadOnlyList<byte>> Undisturbed(Ward ward, CardModel model)
    {
        var (card, id) = await ward.Issue(model: model);
        var session = await ward.Session(card, id);
        var seen = new List<byte>();
        card.Transcript = exchange => seen.Add(exchange.Command.Ins);
        (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Completed>();
        card.Transcript = null;
        seen.Count.ShouldBeGreaterThan(40);
        return seen;
    }

    private static async Task CutAndFinish(Ward ward, int apdu, CutPoint point)
    {
        var where = $"cut at APDU {apdu}, {point}";
        var (card, id) = await ward.Issue();
        var old = await RenewalTests.Serials(ward, id);
        var session = await ward.Session(card, id);
        card.CutAt(card.ApdusSeen + apdu, point);

        var cut = (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Refused>(where);
        cut.Refusal.Code.ShouldBe("CARD-REMOVED", where);

        // Another computer: with an intent the card alone gives the right to finish, without one its holder logs in again.
        var begun = await ward.Read(r => r.Registry.OperationSteps.AnyAsync(s => r.Registry.Operations.Any(o => o.Id == s.OperationId && o.SmartcardId == id && o.Act == Act.Renewal)));
        var again = begun ? null : await ward.Session(card, id, "ward4-pc2");
        (await ward.Visit(card, id, again, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>(where);
        await CardCheck.IsRenewed(ward, card, id, old);
    }
}
