using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>Somebody who may renews a certificate for a cardholder who stands beside and types the passcode.</summary>
public sealed class AssistedRenewalTests
{
    [Fact]
    public async Task It_renews_the_card_and_the_trail_names_both()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Working(50);

        (await desk.Ward.Visit(card, id, desk.Session, forCardholder: true)).ShouldBeOfType<RenewalOutcome.Completed>();

        await CardCheck.HasTwoGoodCertificates(desk.Ward, card, id);
        (await desk.Ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.LoggedIn>();
        var operation = await desk.Ward.Read(r => r.Registry.Operations.SingleAsync(o => o.SmartcardId == id && o.Act == Act.Renewal));
        (operation.OperatorUuid, operation.OperatorSmartcardId, operation.OperatorSessionId).ShouldBe((SamplePeople.Priya.Uuid, desk.Own.Id, desk.Session));
        var asked = await desk.Ward.Read(r => r.Registry.AuditEvents.SingleAsync(e => e.SmartcardId == id && e.Kind == "RenewalRequested"));
        (asked.PersonUuid, asked.Facts["operator"]).ShouldBe((SamplePeople.Rosa.Uuid, SamplePeople.Priya.Uuid));
    }

    [Fact]
    public async Task One_that_was_cut_is_finished_by_its_holder_alone_and_one_that_its_holder_began_is_finished_with_help()
    {
        using var desk = await Desk.Open();
        var ward = desk.Ward;
        var (card, id) = await desk.Working(50);
        (await ward.Visit(card, id, desk.Session, through: inner => new LostAt(inner, "write and prove 9C"), forCardholder: true)).ShouldBeOfType<RenewalOutcome.Refused>();
        (await ward.Visit(card, id, null, "ward4-pc2", takeOver: true)).ShouldBeOfType<RenewalOutcome.Completed>();
        (await ward.Read(r => r.Registry.Operations.SingleAsync(o => o.SmartcardId == id && o.Act == Act.Renewal))).OperatorUuid.ShouldBeNull("its holder finished it alone");

        var (other, otherId) = await desk.Working(40);
        (await ward.Visit(other, otherId, await ward.Session(other, otherId), through: inner => new LostAt(inner, "write and prove 9C"))).ShouldBeOfType<RenewalOutcome.Refused>();
        (await ward.Visit(other, otherId, desk.Session, forCardholder: true)).ShouldBeOfType<RenewalOutcome.Completed>();
        (await ward.Read(r => r.Registry.Operations.SingleAsync(o => o.SmartcardId == otherId && o.Act == Act.Renewal))).OperatorUuid.ShouldBe(SamplePeople.Priya.Uuid);
    }

    [Fact]
    public async Task It_takes_the_role_the_window_and_the_cardholders_passcode()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Working(50);
        Code(await desk.Ward.Visit(card, id, await desk.LogIn(role: "Receptionist"), forCardholder: true)).ShouldBe("PERMISSION-NONE");
        Code(await desk.Ward.Visit(card, id, desk.Session)).ShouldBe("CARD-NOT-YOURS", "nobody renews somebody else's card without saying so");
        Code(await desk.Ward.Visit(card, id, desk.Session, passcode: "111222", forCardholder: true)).ShouldBe("PASSCODE-WRONG");
        (await desk.Ward.Visit(card, id, desk.Session, forCardholder: true)).ShouldBeOfType<RenewalOutcome.Completed>();

        var (early, earlyId) = await desk.Working(200);
        Code(await desk.Ward.Visit(early, earlyId, desk.Session, forCardholder: true)).ShouldBe("RENEW-EARLY");
    }

    [Fact]
    public async Task One_that_fails_twice_beside_an_operator_stops_and_a_mistyped_passcode_is_no_failure()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Working(50);
        Code(await desk.Ward.Visit(card, id, desk.Session, passcode: "111222", forCardholder: true)).ShouldBe("PASSCODE-WRONG");
        card.WearOut();
        Code(await desk.Ward.Visit(card, id, desk.Session, forCardholder: true)).ShouldBe("CARD-FAULTY");
        Code(await desk.Ward.Visit(card, id, desk.Session, forCardholder: true)).ShouldBe("CARD-FAULTY");
        Code(await desk.Ward.Visit(card, id, desk.Session, forCardholder: true)).ShouldBe("RETRY-STOP");

        // Two hours later it may be tried again, twice as before: the first error stopped it at once.
        desk.Ward.Time.Now += TimeSpan.FromHours(2);
        Code(await desk.Ward.Visit(card, id, desk.Session, forCardholder: true)).ShouldBe("CARD-FAULTY");
        (await desk.Ward.Read(r => r.Registry.Operations.SingleAsync(o => o.SmartcardId == id && o.Act == Act.Renewal))).Failures.ShouldBe(1);
    }

    private static string Code(RenewalOutcome outcome) => outcome.ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code;
}
