using Evercard.Lifecycle;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;

namespace Evercard.Tests.Lifecycle;

public sealed class RenewalPolicyTests
{
    private static readonly LifecycleOptions Options = new();
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(90)]
    [InlineData(68)]
    [InlineData(0)]
    public void Inside_the_window_a_renewal_may_begin(int daysLeft) => Refuse(Facts(daysLeft)).ShouldBeNull();

    [Fact]
    public void A_card_that_lives_one_day_longer_than_its_certificates_may_still_be_renewed()
    {
        var facts = Facts(30);
        Refuse(facts with { NotAfter = facts.Card.ExpiresAt.AddDays(-1), Now = facts.Card.ExpiresAt.AddDays(-31) }).ShouldBeNull();
        Refuse(facts with { NotAfter = facts.Card.ExpiresAt, Now = facts.Card.ExpiresAt.AddDays(-30) })!.Code.ShouldBe("CARD-ENDS");
    }

    [Fact]
    public void Before_the_window_the_refusal_names_the_day_on_which_it_opens()
    {
        var refusal = Refuse(Facts(91)).ShouldNotBeNull();
        refusal.Code.ShouldBe("RENEW-EARLY");
        refusal.Detail.ShouldBe("You can renew this smartcard from 23 November 2026. It works until 21 February 2027.");
    }

    [Fact]
    public void An_expired_card_goes_to_an_ID_Checker() =>
        Refuse(Facts(-12)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            r => r.Code.ShouldBe("RENEW-EXPIRED"),
            r => r.Detail.ShouldContain("10 November 2026"),
            r => r.NextStep.ShouldContain("ID Checker"));

    [Fact]
    public void A_locked_card_is_sent_to_unlock_before_renewal() => Refuse(Facts(30) with { Locked = true })!.Code.ShouldBe("CARD-LOCKED");

    [Fact]
    public void A_locked_and_expired_card_needs_one_visit() => Refuse(Facts(-1) with { Locked = true })!.Code.ShouldBe("LOCKED-EXPIRED");

    [Fact]
    public void A_cancelled_card_is_told_when_and_why()
    {
        var facts = Facts(30);
        facts.Card.Status = SmartcardStatus.Cancelled;
        facts.Card.CancelledAt = new(2026, 6, 2, 9, 0, 0, TimeSpan.Zero);
        facts.Card.CancelledBecause = "it was reported lost";
        Refuse(facts)!.ShouldSatisfyAllConditions(
            r => r.Code.ShouldBe("CARD-CANCELLED"),
            r => r.Detail.ShouldBe("This smartcard was cancelled on 2 June 2026 because it was reported lost."));
    }

    [Fact]
    public void Nobody_renews_somebody_elses_card() =>
        Refuse(Facts(30) with { AskedBy = "999000000002", AskedByName = "Callum Marsh" })!.ShouldSatisfyAllConditions(
            r => r.Code.ShouldBe("CARD-NOT-YOURS"),
            r => r.Detail.ShouldBe("This is Wren Holloway's smartcard. You are logged in as Callum Marsh."));

    [Fact]
    public void A_closed_profile_renews_nothing()
    {
        var facts = Facts(30);
        (facts.Holder.Status, facts.Holder.ClosedAt) = (PersonStatus.Closed, Now);
        Refuse(facts)!.Code.ShouldBe("PROFILE-CLOSED");
    }

    [Fact]
    public void A_card_that_was_renewed_at_another_computer_says_so() =>
        Refuse(Facts(730) with { RenewedAt = (Now, "WARD4-PC2") })!.ShouldSatisfyAllConditions(
            r => r.Code.ShouldBe("RENEWED-ELSEWHERE"),
            r => r.Detail.ShouldStartWith("This smartcard was already renewed at 8:00am on WARD4-PC2."));

    private static Refusal? Refuse(RenewalFacts facts) => RenewalPolicy.Refuse(facts, Options);

    private static RenewalFacts Facts(int daysLeft)
    {
        var notAfter = Expiry.EndOfDay(Expiry.LocalDate(Now, Options.TimeZone).AddDays(daysLeft), Options.TimeZone);
        var holder = new Person { Uuid = "999000000001", FullName = "Wren Holloway", OrganisationCode = "DEMO1" };
        var card = new Smartcard
        {
            Id = Guid.NewGuid(),
            SerialNumber = "0412 7731",
            PersonUuid = holder.Uuid,
            Status = SmartcardStatus.InUse,
            Driver = "standard-piv",
            Chuid = [1],
            ExpiresAt = Now.AddYears(5),
            AdministrationAlgorithm = 0x0C,
            WrappedAdministrationKey = [1],
        };
        return new(Now, card, holder, holder.Uuid, holder.FullName, notAfter);
    }
}
