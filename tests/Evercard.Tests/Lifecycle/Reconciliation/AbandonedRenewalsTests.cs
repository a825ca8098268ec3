using Evercard.Authority.Issuing;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle.Reconciliation;

/// <summary>No orphans: what nobody will finish is ended, and its certificates are revoked.</summary>
public sealed class AbandonedRenewalsTests(OpenWard open) : IClassFixture<OpenWard>
{
    private readonly Ward ward = open.Ward;

    [Fact]
    public async Task A_certificate_that_never_reached_its_card_is_revoked_once_the_renewal_can_no_longer_be_finished()
    {
        var (card, id) = await Cut(daysLeft: 2);
        var orphan = (await Steps(id)).Single().Certificate!;
        (await Standing(orphan)).ShouldBe(CertificateStanding.Good);

        ward.Time.Advance(TimeSpan.FromDays(13));
        (await End()).ShouldBe(0, "it may still be finished");
        ward.Time.Advance(TimeSpan.FromDays(2));
        (await End()).ShouldBe(1);

        (await Standing(orphan)).ShouldBe(CertificateStanding.Revoked);
        (await Steps(id)).ShouldAllBe(s => s.State == StepState.Voided);
        (await Renewal(id)).State.ShouldBe(OperationState.Aborted);
        (await ward.AuditTrail(id)).ShouldContain("RenewalAborted");
        (await ward.Visit(card, id, null)).ShouldBeOfType<RenewalOutcome.Refused>();
        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task A_card_that_has_not_expired_keeps_its_renewal_however_long_it_stays_away()
    {
        var (card, id) = await Cut(daysLeft: 60);
        var old = await RenewalTests.Serials(ward, id);
        ward.Time.Advance(TimeSpan.FromDays(30));
        (await End()).ShouldBe(0);
        (await ward.Visit(card, id, null)).ShouldBeOfType<RenewalOutcome.Completed>();
        await CardCheck.IsRenewed(ward, card, id, old);
    }

    [Fact]
    public async Task A_renewal_that_touched_no_key_is_ended_after_half_an_hour_though_nobody_comes()
    {
        var (card, id) = await ward.Issue();
        await ward.Visit(card, id, await ward.Session(card, id), passcode: "000000");
        ward.Time.Advance(TimeSpan.FromMinutes(29));
        (await End()).ShouldBe(0);
        ward.Time.Advance(TimeSpan.FromMinutes(2));
        (await End()).ShouldBe(1);
        (await Renewal(id)).ClosedBecause.ShouldBe("no key was touched in time");
    }

    private async Task<(SimulatedCard Card, Guid Id)> Cut(int daysLeft)
    {
        var (card, id) = await ward.Issue(daysLeft);
        card.CutAtNext(PivInstruction.PutData);
        (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Refused>();
        return (card, id);
    }

    private async Task<int> End() => (await ward.Reconcile()).Deeds.Count;

    private Task<CertificateStanding> Standing(byte[] certificate) => ward.Read(r => ward.Authority.StandingOf(r.Authority, certificate, default));

    private Task<Operation> Renewal(Guid id) => ward.Read(r => r.Registry.Operations.SingleAsync(o => o.SmartcardId == id && o.Act == Act.Renewal));

    private async Task<List<OperationStep>> Steps(Guid id)
    {
        var operation = await Renewal(id);
        return await ward.Read(r => r.Registry.OperationSteps.Where(s => s.OperationId == operation.Id).ToListAsync());
    }
}
