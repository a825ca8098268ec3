using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Reconciliation;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle.Reconciliation;

/// <summary>Acts are left behind in every way, time passes, and reconciliation is asked: nothing is left lying about, and nothing is taken from anybody.</summary>
public sealed class LeftBehindTests
{
    /// <summary>Cards that have two months to go, cut after the effect of each APDU.</summary>
    [Fact]
    public async Task Wherever_a_renewal_was_cut_a_card_that_has_not_expired_loses_nothing_and_can_be_finished_long_after()
    {
        using var ward = await Ward.Open();
        var cards = await CutEverywhere(ward, daysLeft: 60, CutPoint.AfterEffect);
        var before = new List<bool>();
        foreach (var (card, id) in cards)
        {
            before.Add(await LogsIn(ward, card, id));
        }

        before.ShouldContain(true);
        before.ShouldContain(false, "some were cut while the key that logs in was being replaced");
        ward.Time.Advance(TimeSpan.FromDays(20));
        var begun = await Begun(ward);
        (await ward.Reconcile()).NotDone.ShouldBeEmpty();
        (await Begun(ward)).ShouldBe(begun, ignoreOrder: true, "a renewal of a card that has not expired may be finished at any time");
        await NothingLiesAbout(ward);
        (await ward.Attention.Of(null, default)).Select(item => (item.SmartcardId, item.Finding.Kind)).ShouldBe(begun.Select(id => (id, FindingKind.RenewalUnfinished)), ignoreOrder: true);

        for (var i = 0; i < cards.Count; i++)
        {
            (await LogsIn(ward, cards[i].Card, cards[i].Id)).ShouldBe(before[i], $"card {i}");
        }

        foreach (var (card, id) in cards.Where(card => begun.Contains(card.Id)))
        {
            (await ward.Visit(card, id, null, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>();
            (await LogsIn(ward, card, id)).ShouldBeTrue();
        }

        (await ward.Attention.Of(null, default)).ShouldBeEmpty("whatever was finished is no longer shown");
        await NothingLiesAbout(ward);
        await CardCheck.AuditChainIsWhole(ward);
    }

    /// <summary>The same before the effect of each APDU, with cards that expire before the last day to finish.</summary>
    [Fact]
    public async Task Until_the_last_day_every_one_can_be_finished_and_after_it_nothing_of_the_others_is_left()
    {
        using var ward = await Ward.Open();
        var cards = await CutEverywhere(ward, daysLeft: 2, CutPoint.BeforeEffect);
        ward.Time.Advance(TimeSpan.FromDays(13));
        var begun = await Begun(ward);
        var early = await ward.Reconcile();
        early.NotDone.ShouldBeEmpty();
        early.Deeds.ShouldAllBe(deed => deed.EndsWith(": no key was touched in time.", StringComparison.Ordinal));
        (await Begun(ward)).ShouldBe(begun, ignoreOrder: true, "until the last day they may be finished");
        await NothingLiesAbout(ward);

        // Every other one is finished by its holder on the last day but one.
        var finished = cards.Where(card => begun.Contains(card.Id)).Where((_, i) => i % 2 == 0).ToList();
        foreach (var (card, id) in finished)
        {
            (await ward.Visit(card, id, null, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>();
        }

        ward.Time.Advance(TimeSpan.FromDays(2));
        var current = await Current(ward);
        var late = await ward.Reconcile();
        (late.Deeds.Count, late.NotDone.Count).ShouldBe((begun.Count - finished.Count, 0));
        (await Begun(ward)).ShouldBeEmpty();
        await NothingLiesAbout(ward);
        (await Current(ward)).ShouldBe(current, ignoreOrder: true, "what was proven on a card stays, whatever became of the rest");
        foreach (var (card, id) in finished)
        {
            (await LogsIn(ward, card, id)).ShouldBeTrue();
        }

        foreach (var id in begun.Except(finished.Select(one => one.Id)))
        {
            (await ward.AuditTrail(id)).Last().ShouldBe("RenewalAborted");
        }

        // Once more, and on another node: nothing is left to do, and nothing is written.
        var mark = await Mark(ward);
        (await ward.Reconcile()).Deeds.ShouldBeEmpty();
        (await Mark(ward)).ShouldBe(mark);
        await CardCheck.AuditChainIsWhole(ward);
    }

    [Theory]
    [InlineData("generate 9C")]
    [InlineData("write and prove 9C")]
    [InlineData("generate 9A")]
    [InlineData("write and prove 9A")]
    public async Task A_repair_that_nobody_came_back_for_is_given_up_shown_and_done_anew(string at)
    {
        using var desk = await Desk.Open();
        var ward = desk.Ward;
        var (card, id) = await desk.Expired();
        (await desk.Visit(card, id, through: inner => new LostAt(inner, at))).ShouldBeOfType<RenewalOutcome.Refused>();
        (await Finding(ward, id)).Kind.ShouldBe(FindingKind.RepairUnfinished);
        ward.Time.Advance(TimeSpan.FromDays(13));
        (await ward.Reconcile()).Deeds.ShouldBeEmpty("any ID Checker can still finish it");
        ward.Time.Advance(TimeSpan.FromDays(2));
        (await ward.Reconcile()).Deeds.Count.ShouldBe(1);
        await NothingLiesAbout(ward);
        (await ward.AuditTrail(id)).Last().ShouldBe("RepairAborted");

        // Between the two keys nothing is in the air: the first one is proven, and the card has merely expired.
        var found = (await ward.Attention.Of(null, default)).Where(item => item.SmartcardId == id).Select(item => item.Finding.Kind).ToList();
        found.ShouldBe(at == "generate 9C" || at == "generate 9A" ? found : [FindingKind.EndedHalfway]);
        var session = await desk.LogIn();
        (await desk.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Completed>();
        await RepairTests.IsRepaired(desk, card, id);
        (await ward.Attention.Of(null, default)).ShouldNotContain(item => item.SmartcardId == id);
    }

    /// <summary>Found on reading: a name that changed between two visits left a prepared certificate that no attempt knew of, for ever.</summary>
    [Fact]
    public async Task A_certificate_that_was_prepared_for_the_old_name_is_revoked_and_never_issued()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        (await ward.Visit(card, id, session, through: inner => new FakeCard(inner)
        {
            After = (script, _) =>
            {
                ward.SignerDown = script.Name == "generate 9C";
                return null;
            },
        })).ShouldBeOfType<RenewalOutcome.Refused>();
        ward.SignerDown = false;
        await Change(ward, r => r.Registry.People.Single(p => p.Uuid == SampleWard.Wren.Uuid).FullName = "Wren Holloway-Finch");
        (await ward.Visit(card, id, null)).ShouldBeOfType<RenewalOutcome.Completed>();
        var orphan = await ward.Read(r => r.Authority.Certificates.SingleAsync(c => c.Certificate == null));
        orphan.RevokedAt.ShouldBeNull();

        (await ward.Reconcile()).Deeds.ShouldBeEmpty("half an hour is left to it");
        ward.Time.Advance(TimeSpan.FromMinutes(31));
        (await ward.Reconcile()).Deeds.Single().ShouldStartWith($"Revoke certificate {orphan.SerialNumber} of EV-");
        await NothingLiesAbout(ward);
        var told = await ward.Read(r => r.Registry.AuditEvents.SingleAsync(e => e.Kind == "OrphanRevoked"));
        (told.SmartcardId, told.Facts["serial"], told.Facts["because"]).ShouldBe((id, orphan.SerialNumber, "no smartcard was seen to hold it"));
        (await LogsIn(ward, card, id)).ShouldBeTrue();
        await CardCheck.HasTwoGoodCertificates(ward, card, id);
    }

    [Fact]
    public async Task An_issuance_that_was_cut_anywhere_leaves_no_certificate_that_no_card_holds()
    {
        using var ward = await Ward.Open();
        var counted = SimulatedCard.CreateBlank(CardModel.Yubico);
        await ward.Samples.Issue(SampleWard.Callum, counted, PivAlgorithm.P256, 100, default);
        var whole = counted.ApdusSeen;
        for (var apdu = 3; apdu < whole; apdu += 2)
        {
            var card = SimulatedCard.CreateBlank(CardModel.Yubico);
            card.CutAt(apdu, CutPoint.AfterEffect);
            await Should.ThrowAsync<Exception>(() => ward.Samples.Issue(SampleWard.Callum, card, PivAlgorithm.P256, 100, default));
        }

        (await ward.Reconcile()).Deeds.ShouldBeEmpty("an issuance has a day");
        ward.Time.Advance(TimeSpan.FromDays(2));
        var current = await Current(ward);
        (await ward.Reconcile()).NotDone.ShouldBeEmpty();
        await NothingLiesAbout(ward);
        (await Current(ward)).ShouldBe(current, ignoreOrder: true);
        (await ward.Read(r => r.Registry.Operations.CountAsync(o => o.State == OperationState.Open))).ShouldBe(0);
        var half = await ward.Read(r => r.Registry.Smartcards
            .Where(c => c.Status == SmartcardStatus.Issuing && r.Registry.Credentials.Any(k => k.SmartcardId == c.Id && k.Status == CredentialStatus.Current)).Select(c => c.Id).ToListAsync());
        half.ShouldNotBeEmpty();
        (await ward.Attention.Of(null, default)).Select(item => (item.SmartcardId, item.Finding.Kind)).ShouldBe(half.Select(id => (id, FindingKind.IssuanceUnfinished)), ignoreOrder: true);
        await CardCheck.AuditChainIsWhole(ward);
    }

    /// <summary>Rule 9: every node does its upkeep, and nothing is done twice.</summary>
    [Fact]
    public async Task Several_nodes_at_once_end_each_act_once()
    {
        using var ward = await Ward.Open();
        for (var i = 0; i < 6; i++)
        {
            var (card, id) = await ward.Issue();
            await ward.Visit(card, id, await ward.Session(card, id), passcode: "000000");
        }

        ward.Time.Advance(TimeSpan.FromMinutes(31));
        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ward.Reconcile())));
        reports.Sum(report => report.Deeds.Count).ShouldBe(6);
        reports.ShouldAllBe(report => report.NotDone.Count == 0);
        var ended = await ward.Read(r => r.Registry.AuditEvents.Where(e => e.Kind == "RenewalAborted").Select(e => e.OperationId).ToListAsync());
        ended.Distinct().Count().ShouldBe(6);
        ended.Count.ShouldBe(6);
        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task What_cannot_be_ended_is_told_and_stops_no_other()
    {
        using var ward = await Ward.Open();
        var broken = await Late(ward);
        var other = await Late(ward);
        ward.Time.Advance(TimeSpan.FromDays(15));
        await Change(ward, r => r.Registry.OperationSteps.Single(s => s.OperationId == r.Registry.Operations.Single(o => o.SmartcardId == broken && o.Act == Act.Renewal).Id).CertificateSerialNumber = new string('0', 32));

        var report = await ward.Reconcile();

        report.NotDone.Single().ShouldContain("(InvalidOperationException)");
        (await ward.AuditTrail(other)).Last().ShouldBe("RenewalAborted");
        (await ward.AuditTrail(broken)).ShouldNotContain("RenewalAborted", "nothing of it is done by half");
        await NothingLiesAbout(ward);
    }

    /// <summary>Nothing is written by a look: neither rows nor events nor the file itself.</summary>
    [Fact]
    public async Task A_look_tells_what_a_run_would_do_and_changes_nothing()
    {
        using var ward = await Ward.Open();
        await Late(ward);
        ward.Time.Advance(TimeSpan.FromDays(15));
        var mark = await Mark(ward);
        var look = await ward.Reconciliation.Look(default);
        (await Mark(ward)).ShouldBe(mark);
        look.Deeds.Single().ShouldContain("it was not finished before its last day. Revoke what never reached the card: ");
        (await ward.Reconcile()).Deeds.ShouldBe(look.Deeds);
    }

    private static async Task<List<(SimulatedCard Card, Guid Id)>> CutEverywhere(Ward ward, int daysLeft, CutPoint point)
    {
        var length = (await new CutSweep(ward, () => ward.Issue(daysLeft)).Undisturbed()).Count;
        var cards = new List<(SimulatedCard Card, Guid Id)>();
        for (var apdu = 1; apdu <= length; apdu++)
        {
            var (card, id) = await ward.Issue(daysLeft);
            var session = await ward.Session(card, id);
            card.CutAt(card.ApdusSeen + apdu, point);
            (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Refused>();
            cards.Add((card, id));
        }

        return cards;
    }

    /// <summary>A renewal whose certificate never reached the card, which expires before the last day to finish.</summary>
    private static async Task<Guid> Late(Ward ward)
    {
        var (card, id) = await ward.Issue(daysLeft: 2);
        card.CutAtNext(PivInstruction.PutData);
        (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Refused>();
        return id;
    }

    private static async Task<bool> LogsIn(Ward ward, SimulatedCard card, Guid id) => await ward.LogInWith(card, id) is LogInOutcome.LoggedIn;

    private static async Task<Finding> Finding(Ward ward, Guid id) => (await ward.Attention.Of(null, default)).Single(item => item.SmartcardId == id).Finding;

    private static Task<long> Mark(Ward ward) => ward.Read(r => r.Registry.AuditEvents.MaxAsync(e => e.Sequence));

    private static Task<List<string>> Current(Ward ward) =>
        ward.Read(r => r.Registry.Credentials.Where(c => c.Status == CredentialStatus.Current).Select(c => c.CertificateSerialNumber).ToListAsync());

    private static Task Change(Ward ward, Action<Evercard.Lifecycle.Records> change) => ward.Database.Write(
        async r =>
        {
            change(r);
            await r.Registry.Save(new AuditEvent { Kind = "SomethingElse" }, default);
        },
        default);

    /// <summary>Cards with an act that is open and touched a key.</summary>
    private static Task<List<Guid>> Begun(Ward ward) => ward.Read(r => r.Registry.Operations
        .Where(o => (o.State == OperationState.Open || o.State == OperationState.Waiting)
            && r.Registry.OperationSteps.Any(s => s.OperationId == o.Id && (s.State != StepState.Voided || s.PublicKey != null)))
        .Select(o => o.SmartcardId).ToListAsync());

    /// <summary>Each certificate that is good, prepared or issued, is on record, and has a reason to be: it counts on a card, or an open act may still write it.</summary>
    internal static async Task NothingLiesAbout(Ward ward)
    {
        var good = await ward.Read(r => r.Authority.Certificates.Where(c => c.RevokedAt == null).Select(c => c.SerialNumber).ToListAsync());
        var reasons = await ward.Read(async r => (await r.Registry.Credentials.Where(c => c.Status == CredentialStatus.Current).Select(c => c.CertificateSerialNumber).ToListAsync())
            .Concat(await r.Registry.OperationSteps
                .Where(s => s.State != StepState.Voided && s.CertificateSerialNumber != null
                    && r.Registry.Operations.Any(o => o.Id == s.OperationId && (o.State == OperationState.Open || o.State == OperationState.Waiting)))
                .Select(s => s.CertificateSerialNumber!).ToListAsync()));
        good.Except(reasons).ShouldBeEmpty("a good certificate without a reason to be");
    }
}
