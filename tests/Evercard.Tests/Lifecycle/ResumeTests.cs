using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>Who may go on with a renewal that was begun, where, and until when.</summary>
public sealed class ResumeTests(OpenWard open) : IClassFixture<OpenWard>
{
    private readonly Ward ward = open.Ward;

    [Fact]
    public async Task A_renewal_begun_in_time_is_finished_after_the_card_expired()
    {
        var (card, id, old) = await BegunAndCut(daysLeft: 2);
        ward.Time.Advance(TimeSpan.FromDays(13));
        (await ward.Visit(card, id, null, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>();
        await CardCheck.IsRenewed(ward, card, id, old);
    }

    [Fact]
    public async Task An_expired_card_is_not_finished_after_its_last_day_to_finish()
    {
        var (card, id, _) = await BegunAndCut(daysLeft: 2);
        ward.Time.Advance(TimeSpan.FromDays(14) + TimeSpan.FromMinutes(1));
        (await Refused(card, id, null)).ShouldBe("RENEWAL-TOO-LATE");
    }

    /// <summary>Found by this test: a card with a month to go was sent to an ID Checker.</summary>
    [Fact]
    public async Task The_last_day_to_finish_limits_no_card_that_has_not_expired()
    {
        var (card, id, old) = await BegunAndCut(daysLeft: 60);
        ward.Time.Advance(TimeSpan.FromDays(20));
        (await ward.Visit(card, id, null, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>();
        await CardCheck.IsRenewed(ward, card, id, old);
    }

    [Fact]
    public async Task The_expiry_is_fixed_when_the_renewal_opens()
    {
        var (card, id, _) = await BegunAndCut(daysLeft: 60);
        var notAfter = (await Renewals(id)).Single().NotAfter;
        ward.Time.Advance(TimeSpan.FromDays(9));
        (await ward.Visit(card, id, null, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>().NewNotAfter.ShouldBe(notAfter);
    }

    [Fact]
    public async Task A_renewal_that_touched_no_key_is_taken_over_without_a_question()
    {
        var (card, id) = await ward.Issue();
        await ward.Visit(card, id, await ward.Session(card, id), passcode: "000000");
        (await ward.Visit(card, id, await ward.Session(card, id, "ward4-pc2"), "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>();
        var renewal = (await Renewals(id)).Single();
        (renewal.State, renewal.Epoch, renewal.ComputerName).ShouldBe((OperationState.Completed, 2, "WARD4-PC2"));
    }

    [Fact]
    public async Task A_renewal_that_touched_no_key_is_aborted_after_thirty_minutes()
    {
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        await ward.Visit(card, id, session, passcode: "000000");
        ward.Time.Advance(TimeSpan.FromMinutes(30));
        (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Completed>();
        (await Renewals(id)).Select(o => (o.State, o.ClosedBecause)).ShouldBe(
            [(OperationState.Aborted, "no key was touched in time"), (OperationState.Completed, null)]);
        (await ward.AuditTrail(id)).ShouldContain("RenewalAborted");
    }

    /// <summary>Found by this test: the log-in promised to finish a renewal that had not begun.</summary>
    [Fact]
    public async Task An_expired_card_with_nothing_to_finish_is_not_promised_to_be_finished()
    {
        var (card, id) = await ward.Issue(daysLeft: 1);
        var session = await ward.Session(card, id);
        await ward.Visit(card, id, session, passcode: "000000");
        ward.Time.Advance(TimeSpan.FromDays(2));
        (await ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.Refused>().Refusal.Code.ShouldBe("CARD-EXPIRED");
        // The session is over after twelve hours; a younger one is told RENEW-EXPIRED.
        (await Refused(card, id, session)).ShouldBe("LOGGED-OUT");
    }

    [Fact]
    public async Task A_card_that_was_cancelled_meanwhile_is_not_finished()
    {
        var (card, id, _) = await BegunAndCut();
        await Change(r => r.Smartcards.Single(c => c.Id == id).Status = SmartcardStatus.Cancelled);
        var before = CardState.Of(card);
        (await Refused(card, id, null)).ShouldBe("CARD-CANCELLED");
        CardState.Of(card).ShouldBe(before);
    }

    [Fact]
    public async Task A_card_of_somebody_who_left_meanwhile_is_not_finished()
    {
        var (card, id, _) = await BegunAndCut(person: SampleWard.Callum);
        await Change(r => r.People.Single(p => p.Uuid == SampleWard.Callum.Uuid).Status = PersonStatus.Closed);
        (await Refused(card, id, null)).ShouldBe("PROFILE-CLOSED");
        await Change(r => r.People.Single(p => p.Uuid == SampleWard.Callum.Uuid).Status = PersonStatus.Active);
    }

    [Fact]
    public async Task Another_persons_session_finishes_nothing()
    {
        var (card, id, _) = await BegunAndCut();
        var (callum, callumId) = await ward.Issue(person: SampleWard.Callum);
        var session = await ward.Session(callum, callumId, "ward4-pc2");
        (await Refused(card, id, session)).ShouldBe("CARD-NOT-YOURS");
    }

    [Fact]
    public async Task A_wrong_passcode_while_finishing_changes_nothing_and_the_right_one_finishes()
    {
        var (card, id, old) = await BegunAndCut();
        var before = CardState.KeysAndObjects(card);
        var wrong = (await ward.Visit(card, id, null, "ward4-pc2", passcode: "000000")).ShouldBeOfType<RenewalOutcome.Refused>().Refusal;
        (wrong.Code, wrong.TriesLeft).ShouldBe(("PASSCODE-WRONG", 2));
        CardState.KeysAndObjects(card).ShouldBe(before);
        (await ward.Visit(card, id, null, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>();
        await CardCheck.IsRenewed(ward, card, id, old);
    }

    private async Task<(SimulatedCard Card, Guid Id, List<string> Old)> BegunAndCut(int daysLeft = 30, SamplePerson? person = null)
    {
        var (card, id) = await ward.Issue(daysLeft, person: person);
        var old = await RenewalTests.Serials(ward, id);
        var session = await ward.Session(card, id);
        card.CutAtNext(PivInstruction.GenerateAsymmetricKeyPair);
        (await Refused(card, id, session, "ward4-pc1")).ShouldBe("CARD-REMOVED");
        return (card, id, old);
    }

    private async Task<string> Refused(SimulatedCard card, Guid id, string? session, string? agent = null)
    {
        // A session is good at its own computer only.
        var at = agent ?? await ward.Read(r => r.Registry.Sessions.Where(s => s.Id == session).Select(s => s.AgentId).SingleOrDefaultAsync()) ?? "ward4-pc2";
        return (await ward.Visit(card, id, session, at)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code;
    }

    private Task<List<Operation>> Renewals(Guid id) =>
        ward.Read(r => r.Registry.Operations.Where(o => o.SmartcardId == id && o.Act == Act.Renewal).OrderBy(o => o.OpenedAt).ToListAsync());

    private Task Change(Action<Evercard.Registry.RegistryContext> change) => ward.Database.Write(
        async r =>
        {
            change(r.Registry);
            await r.Registry.Save(new Evercard.Registry.Audit.AuditEvent { Kind = "ChangedByTheAuthority" }, default);
        },
        default);
}
