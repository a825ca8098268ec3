using Evercard.CardSimulator;

namespace Evercard.Tests.Lifecycle;

/// <summary>
/// The promise: a P-256 renewal cut at every single APDU, before and after its effect and inside every write, is finished by
/// the cardholder alone at another computer. The points are counted from an undisturbed run, so that none can be left out.
/// </summary>
[Trait("Kind", "sweep")]
public sealed class CutSweepTests
{
    [Fact]
    public async Task A_renewal_cut_after_any_APDU_is_finished_at_another_computer()
    {
        using var ward = await Ward.Open();
        var sweep = new CutSweep(ward, () => ward.Issue());
        var apdus = await sweep.Undisturbed();
        foreach (var apdu in Enumerable.Range(1, apdus.Count))
        {
            await sweep.CutAndFinish(apdu, CutPoint.AfterEffect);
        }

        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task A_renewal_cut_before_any_APDU_is_finished_at_another_computer()
    {
        using var ward = await Ward.Open();
        var sweep = new CutSweep(ward, () => ward.Issue());
        var apdus = await sweep.Undisturbed();
        foreach (var apdu in Enumerable.Range(1, apdus.Count))
        {
            await sweep.CutAndFinish(apdu, CutPoint.BeforeEffect);
        }

        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task A_write_torn_in_the_middle_is_finished_at_another_computer()
    {
        using var ward = await Ward.Open();
        var sweep = new CutSweep(ward, () => ward.Issue());
        var apdus = await sweep.Undisturbed();
        var links = Enumerable.Range(1, apdus.Count).Where(n => apdus[n - 1] == 0xDB).ToList();
        links.Count.ShouldBeGreaterThan(4, "two chained PUT DATA");
        foreach (var torn in Enum.GetValues<TornObject>())
        {
            foreach (var apdu in links)
            {
                await sweep.CutAndFinish(apdu, CutPoint.TornWrite(torn));
            }
        }
    }
}
