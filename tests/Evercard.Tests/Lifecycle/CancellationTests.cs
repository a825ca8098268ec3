using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Cancellation;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Renewal;
using Evercard.Lifecycle.Roles;
using Evercard.Lifecycle.Sessions;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>A card is ended as a whole, at once, for ever.</summary>
public sealed class CancellationTests
{
    private readonly List<SessionChange> told = [];

    /// <summary>The one table: a compromised key voids every past signature, so only what is stolen is one.</summary>
    [Theory]
    [InlineData(CancellationReason.Lost, "it was reported lost", RevocationReason.CessationOfOperation)]
    [InlineData(CancellationReason.Stolen, "it was reported stolen", RevocationReason.KeyCompromise)]
    [InlineData(CancellationReason.Damaged, "it is damaged", RevocationReason.CessationOfOperation)]
    [InlineData(CancellationReason.Left, "its holder left the organisation", RevocationReason.CessationOfOperation)]
    [InlineData(CancellationReason.Replaced, "it was replaced", RevocationReason.Superseded)]
    public async Task The_reason_decides_what_relying_services_are_told(CancellationReason reason, string because, RevocationReason revocation)
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Ward.Issue(200, person: SamplePeople.Rosa);
        var session = await desk.LogIn();

        (await Cancel(desk, id, session, reason)).ShouldBeNull();

        var stored = await desk.Ward.Read(r => r.Registry.Smartcards.SingleAsync(c => c.Id == id));
        (stored.Status, stored.CancelledAt, stored.CancelledBecause).ShouldBe((SmartcardStatus.Cancelled, desk.Ward.Time.Now, because));
        var credentials = await desk.Ward.Read(r => r.Registry.Credentials.Where(c => c.SmartcardId == id).ToListAsync());
        credentials.Count.ShouldBe(2);
        foreach (var credential in credentials)
        {
            credential.Status.ShouldBe(CredentialStatus.Revoked);
            var record = await desk.Ward.Read(r => r.Authority.Certificates.SingleAsync(c => c.SerialNumber == credential.CertificateSerialNumber));
            (record.RevokedAt, record.RevocationReason).ShouldBe((desk.Ward.Time.Now, revocation));
        }

        var refused = (await desk.Ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.Refused>().Refusal;
        (refused.Code, refused.Detail).ShouldBe(("CARD-CANCELLED", $"This smartcard was cancelled on 22 November 2026 because {because}."));
        await CardCheck.AuditChainIsWhole(desk.Ward);
    }

    [Fact]
    public void Every_reason_has_its_row_and_only_what_is_stolen_voids_the_past()
    {
        CancellationReasons.All.Select(one => one.Reason).ShouldBe(Enum.GetValues<CancellationReason>());
        foreach (var one in CancellationReasons.All)
        {
            one.Consequence.Contains("What was signed with it before stays good.", StringComparison.Ordinal).ShouldBe(one.Revocation != RevocationReason.KeyCompromise, one.Label);
        }
    }

    [Fact]
    public async Task The_event_names_the_operator_the_reason_and_what_was_revoked()
    {
        using var desk = await Desk.Open();
        var (_, id) = await desk.Ward.Issue(200, person: SamplePeople.Rosa);
        var serials = await RenewalTests.Serials(desk.Ward, id);
        (await Cancel(desk, id, await desk.LogIn(), CancellationReason.Lost)).ShouldBeNull();
        var what = await desk.Ward.Read(r => r.Registry.AuditEvents.SingleAsync(e => e.Kind == "SmartcardCancelled"));
        (what.SmartcardId, what.PersonUuid, what.AgentId).ShouldBe((id, SamplePeople.Rosa.Uuid, "ward4-pc1"));
        (what.Facts["operator"], what.Facts["operatorCard"], what.Facts["reason"]).ShouldBe((SamplePeople.Priya.Uuid, $"{desk.Own.Id:D}", "Lost"));
        what.Facts["revoked"].Split(' ').ShouldBe(serials, ignoreOrder: true);
    }

    [Fact]
    public async Task Its_log_ins_end_wherever_they_are_and_the_operator_stays()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Ward.Issue(200, person: SamplePeople.Rosa);
        var theirs = await desk.Ward.Session(card, id, "ward4-pc2");
        var own = await desk.LogIn();
        (await Cancel(desk, id, own)).ShouldBeNull();
        var ended = await desk.Ward.Read(r => r.Registry.Sessions.SingleAsync(s => s.Id == theirs));
        (ended.EndedAt, ended.EndedBecause).ShouldBe((desk.Ward.Time.Now, Session.SmartcardCancelled));
        told.ShouldBe([new SessionChange(theirs, "ward4-pc2", SessionChangeKind.Ended, Session.SmartcardCancelled, AgentKnows: false)]);
        (await desk.Ward.Read(r => r.Registry.Sessions.SingleAsync(s => s.Id == own))).EndedAt.ShouldBeNull();
        (await desk.Ward.AuditTrail(id)).TakeLast(2).ShouldBe(["SmartcardCancelled", "LoggedOut"]);
    }

    [Fact]
    public async Task A_renewal_that_was_cut_is_given_up_and_what_never_reached_the_card_is_revoked()
    {
        using var desk = await Desk.Open();
        var ward = desk.Ward;
        var (card, id) = await ward.Issue(30, person: SamplePeople.Rosa);
        (await ward.Visit(card, id, await ward.Session(card, id), through: inner => new LostAt(inner, "write and prove 9C"))).ShouldBeOfType<RenewalOutcome.Refused>();
        (await Cancel(desk, id, await desk.LogIn(), CancellationReason.Stolen)).ShouldBeNull();

        var operation = await ward.Read(r => r.Registry.Operations.SingleAsync(o => o.SmartcardId == id && o.Act == Act.Renewal));
        (operation.State, operation.ClosedBecause).ShouldBe((OperationState.Aborted, "the card is cancelled"));
        var steps = await ward.Read(r => r.Registry.OperationSteps.Where(s => s.OperationId == operation.Id).ToListAsync());
        steps.ShouldAllBe(s => s.State == StepState.Voided);
        var orphan = steps.Single(s => s.Certificate is not null).CertificateSerialNumber!;
        (await ward.Read(r => r.Authority.Certificates.SingleAsync(c => c.SerialNumber == orphan))).RevocationReason.ShouldBe(RevocationReason.KeyCompromise);
        (await ward.AuditTrail(id)).ShouldContain("RenewalAborted");
        (await ward.Visit(card, id, null)).ShouldBeOfType<RenewalOutcome.Refused>();
        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task A_repair_that_is_under_way_writes_nothing_more()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        var opened = (await desk.Ask(id)).ShouldBeOfType<DeskOpened.At>();
        (await desk.Confirm(opened.OperationId)).ShouldBeNull();
        (await Cancel(desk, id, desk.Session)).ShouldBeNull();
        (await desk.Run(card, id, opened.OperationId)).ShouldBeOfType<RenewalOutcome.Refused>();
        (await desk.Ward.Read(r => r.Registry.Operations.SingleAsync(o => o.Id == opened.OperationId))).State.ShouldBe(OperationState.Aborted);
        (await desk.Ask(id)).ShouldBeOfType<DeskOpened.Refused>().Refusal.Code.ShouldBe("CARD-CANCELLED");
        (await desk.Ward.AuditTrail(id)).ShouldContain("RepairAborted");
    }

    [Fact]
    public async Task What_is_refused_changes_nothing_and_is_recorded()
    {
        using var desk = await Desk.Open();
        var (_, id) = await desk.Ward.Issue(200, person: SamplePeople.Rosa);
        var session = await desk.LogIn();
        (await Cancel(desk, desk.Own.Id, session))!.Code.ShouldBe("CANCEL-SELF");
        (await Cancel(desk, Guid.NewGuid(), session))!.Code.ShouldBe("CARD-UNKNOWN");
        (await Cancel(desk, id, "no such session"))!.Code.ShouldBe("LOGGED-OUT");
        (await Cancel(desk, id, session, agent: "ward4-pc2"))!.Code.ShouldBe("LOGGED-OUT", "a log-in is good at its own computer");
        (await Cancel(desk, id, await desk.LogIn(role: "Receptionist")))!.Code.ShouldBe("PERMISSION-NONE");
        (await desk.Ward.Read(r => r.Registry.Smartcards.SingleAsync(c => c.Id == id))).Status.ShouldBe(SmartcardStatus.InUse);

        (await Cancel(desk, id, session)).ShouldBeNull();
        (await Cancel(desk, id, session, CancellationReason.Replaced))!.Code.ShouldBe("CARD-CANCELLED");
        (await desk.Ward.Read(r => r.Registry.Smartcards.SingleAsync(c => c.Id == id))).CancelledBecause.ShouldBe("it was reported lost", "the first reason stays");
        (await desk.Ward.Read(r => r.Registry.AuditEvents.CountAsync(e => e.Kind == "CancellationRefused"))).ShouldBe(6);
    }

    [Fact]
    public async Task Two_who_cancel_at_the_same_moment_cancel_once()
    {
        using var desk = await Desk.Open();
        var (_, id) = await desk.Ward.Issue(200, person: SamplePeople.Rosa);
        var session = await desk.LogIn();
        var both = await Task.WhenAll(Cancel(desk, id, session), Cancel(desk, id, session, CancellationReason.Stolen));
        both.Count(refusal => refusal is null).ShouldBe(1);
        (await desk.Ward.AuditTrail(id)).Count(kind => kind == "SmartcardCancelled").ShouldBe(1);
    }

    [Fact]
    public void The_policy_asks_for_the_role_first_and_leaves_a_card_that_was_never_finished_to_its_issuer()
    {
        var options = new LifecycleOptions();
        var facts = new CancellationFacts(Card(SmartcardStatus.InUse), "999000000009", MayCancel: true, Unfinished: null);
        CancellationPolicy.Refuse(facts, options).ShouldBeNull();
        CancellationPolicy.Refuse(facts with { MayCancel = false, Card = Card(SmartcardStatus.Cancelled) }, options)!.Code.ShouldBe("PERMISSION-NONE");
        CancellationPolicy.Refuse(facts with { Card = Card(SmartcardStatus.Cancelled) }, options)!.Code.ShouldBe("CARD-CANCELLED");
        CancellationPolicy.Refuse(facts with { Card = Card(SmartcardStatus.Issuing) }, options)!.Code.ShouldBe("ISSUANCE-UNFINISHED");
        CancellationPolicy.Refuse(facts with { OperatorUuid = SamplePeople.Rosa.Uuid }, options)!.Code.ShouldBe("CANCEL-SELF");
    }

    private Task<Refusal?> Cancel(Desk desk, Guid id, string session, CancellationReason reason = CancellationReason.Lost, string agent = "ward4-pc1")
    {
        var ward = desk.Ward;
        var life = new SessionLife(ward.Database, ward.Options, ward.Time, told.Add);
        return new Cancellation(ward.Database, ward.Authority, RoleTable.Of(RoleTable.Classic), life, ward.Options, ward.Time)
            .Cancel(new CancellationRequest(id, session, agent, reason), default);
    }

    private static Smartcard Card(SmartcardStatus status) => new()
    {
        Id = Guid.NewGuid(), SerialNumber = "0412 7731", PersonUuid = SamplePeople.Rosa.Uuid, Status = status, Driver = "yubico", Chuid = [1],
        ExpiresAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), AdministrationAlgorithm = 3, WrappedAdministrationKey = [1],
    };
}
