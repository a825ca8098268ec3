using Evercard.Lifecycle;
using Evercard.Lifecycle.Reconciliation;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;

namespace Evercard.Tests.Lifecycle.Reconciliation;

/// <summary>What is shown of a card, and in which words.</summary>
public sealed class CardRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 8, 0, 0, TimeSpan.Zero);
    private static readonly LifecycleOptions Options = new();
    private static readonly EndedAct Ended = new(Act.Repair, "EV-2222-22", "WARD4-PC2", Now.AddDays(-1));

    private static OperationFacts Cut(Act act, double finishInDays = 14) => new(
        act, OperationState.Waiting, IsBegun: true, Now.AddHours(-1), Now.AddDays(finishInDays), Now.AddDays(-1), SmartcardStatus.InUse, PersonStatus.Active, "EV-2222-22", "WARD4-PC2");

    [Fact]
    public void A_card_that_works_needs_nobody() => Kinds(new CardFacts(SmartcardStatus.InUse)).ShouldBeEmpty();

    [Fact]
    public void A_cancelled_card_needs_nobody_whatever_happened_to_it() =>
        Kinds(new CardFacts(SmartcardStatus.Cancelled) { Unfinished = Cut(Act.Renewal), Ended = Ended, CertificateGoneSince = Now, MadeByLiar = ("PC", Now), Alarms = [("!", Now)] }).ShouldBeEmpty();

    [Fact]
    public void An_unfinished_act_is_shown_and_not_what_it_is_about_to_mend() =>
        Kinds(new CardFacts(SmartcardStatus.InUse) { Unfinished = Cut(Act.Repair), Ended = Ended, CertificateGoneSince = Now }).ShouldBe([FindingKind.RepairUnfinished]);

    [Fact]
    public void One_that_is_about_to_be_given_up_is_shown_as_it_will_be_then()
    {
        Kinds(new CardFacts(SmartcardStatus.InUse) { Unfinished = Cut(Act.Renewal, -1) with { IsHalfway = true } }).ShouldBe([FindingKind.EndedHalfway]);
        Kinds(new CardFacts(SmartcardStatus.InUse) { Unfinished = Cut(Act.Renewal, -1) }).ShouldBeEmpty("no key is in the air");
    }

    [Fact]
    public void An_act_that_was_given_up_halfway_says_more_than_the_certificate_that_is_gone() =>
        Kinds(new CardFacts(SmartcardStatus.InUse) { Ended = Ended, CertificateGoneSince = Now }).ShouldBe([FindingKind.EndedHalfway]);

    [Fact]
    public void A_certificate_that_is_gone_is_shown() => Kinds(new CardFacts(SmartcardStatus.InUse) { CertificateGoneSince = Now }).ShouldBe([FindingKind.CertificateGone]);

    [Fact]
    public void A_card_that_was_seen_otherwise_is_shown_where_nothing_says_why()
    {
        Kinds(new CardFacts(SmartcardStatus.InUse) { SeenOtherwise = (Now, null) }).ShouldBe([FindingKind.SeenOtherwise]);
        Kinds(new CardFacts(SmartcardStatus.InUse) { SeenOtherwise = (Now, "PC"), Ended = Ended }).ShouldBe([FindingKind.EndedHalfway]);
    }

    [Theory]
    [InlineData("LoggedIn", null)]
    [InlineData("LogInRefused/code=PASSCODE-WRONG", null)]
    [InlineData("LogInRefused/code=REPAIR-NEEDED", 1)]
    [InlineData("LogInRefused/code=REPAIR-NEEDED LogInRefused/code=REPAIR-NEEDED LoggedIn", 2)]
    [InlineData("LogInRefused/code=PASSCODE-WRONG LogInRefused/code=REPAIR-NEEDED LoggedIn", 2)]
    [InlineData("LoggedIn LogInRefused/code=REPAIR-NEEDED", null)]
    [InlineData("RepairCompleted LogInRefused/code=REPAIR-NEEDED", null)]
    [InlineData("SmartcardTested/logIn=yes,signature=no", 1)]
    [InlineData("LoggedIn SmartcardTested/logIn=yes,signature=no", 2)]
    [InlineData("SmartcardTested/logIn=yes,signature=yes SmartcardTested/logIn=no,signature=no", null)]
    [InlineData("SomethingElse LogInRefused/code=REPAIR-NEEDED", 2)]
    public void What_the_events_of_a_card_come_to_the_newest_first(string events, int? since)
    {
        var read = events.Split(' ').Select((one, i) => new SightingEvent(
            one.Split('/')[0],
            one.Split('/').Skip(1).SelectMany(facts => facts.Split(',')).ToDictionary(fact => fact.Split('=')[0], fact => fact.Split('=')[1], StringComparer.Ordinal),
            Now.AddHours(-i - 1),
            null));
        Sighting.Of(read)?.At.ShouldBe(Now.AddHours(-since ?? 0));
        (Sighting.Of(read) is null).ShouldBe(since is null);
    }

    [Fact]
    public void A_card_that_was_issued_by_half_is_shown_only_where_a_certificate_of_it_counts()
    {
        Kinds(new CardFacts(SmartcardStatus.Issuing) { Ended = Ended with { Act = Act.Issuance }, HasCertificate = true }).ShouldBe([FindingKind.IssuanceUnfinished]);
        Kinds(new CardFacts(SmartcardStatus.Issuing) { Ended = Ended with { Act = Act.Issuance } }).ShouldBeEmpty();
    }

    [Fact]
    public void Alarms_come_first_then_keys_that_are_not_trusted() =>
        Kinds(new CardFacts(SmartcardStatus.InUse) { Unfinished = Cut(Act.Renewal), MadeByLiar = ("LIAR1", Now), Alarms = [("It was not me.", Now)] })
            .ShouldBe([FindingKind.CardholderAlarm, FindingKind.MadeByLiar, FindingKind.RenewalUnfinished]);

    [Theory]
    [MemberData(nameof(Every))]
    public void Every_finding_says_what_is_true_and_what_to_do_next(FindingKind kind)
    {
        var finding = new Finding(kind, Now) { Until = new DateTimeOffset(2026, 12, 13, 12, 0, 0, TimeSpan.Zero), Computer = "WARD4-PC2", Liar = kind == FindingKind.MadeByLiar ? "LIAR1" : null };
        foreach (var text in (string[])[FindingWords.Found(finding, Options.TimeZone), FindingWords.Next(finding, "Rosa Tanglewood", Options.TimeZone)])
        {
            text.ShouldEndWith(".");
            text.ShouldNotContain("..");
            text.ShouldNotContain("  ");
            text.ShouldNotContain(kind.ToString());
        }

        FindingWords.Label(kind).ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void Who_is_asked_for_what_until_when_is_said_in_full()
    {
        var renewal = ((Remedy.Show)OperationRule.Of(Cut(Act.Renewal), Now, Options)).Finding;
        FindingWords.Next(renewal, "Rosa Tanglewood", Options.TimeZone)
            .ShouldBe("Ask Rosa to put the card into any computer and type the passcode: the renewal is then finished in seconds, until 13 December 2026.");
        var lied = renewal with { Liar = "WARD4-PC1" };
        FindingWords.Found(lied, Options.TimeZone).ShouldEndWith("A key that WARD4-PC1 handed in was not on the card: that computer gets no more acts.");
        var next = FindingWords.Next(lied, "Rosa Tanglewood", Options.TimeZone);
        next.ShouldContain("into any other computer");
        next.ShouldEndWith("Have computer support look at WARD4-PC1.");
        FindingWords.Next(((Remedy.Show)OperationRule.Of(Cut(Act.Repair), Now, Options)).Finding, "Rosa Tanglewood", Options.TimeZone)
            .ShouldBe("Ask Rosa to come back with the card. Any ID Checker can finish the repair, until 13 December 2026.");
    }

    public static TheoryData<FindingKind> Every => [.. Enum.GetValues<FindingKind>()];

    private static IEnumerable<FindingKind> Kinds(CardFacts facts) => CardRule.Of(facts, Now, Options).Select(finding => finding.Kind);
}
