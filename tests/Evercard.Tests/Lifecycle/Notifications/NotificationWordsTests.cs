using Evercard.Lifecycle.Notifications;
using Evercard.Registry.Journal;
using Evercard.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Lifecycle.Notifications;

/// <summary>What cardholders read.</summary>
public sealed class NotificationWordsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 29, 8, 6, 0, TimeSpan.Zero);
    private static readonly Uri Link = new("https://care-identity.example/not-me/TOKEN");
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Fact]
    public void The_words_are_as_agreed() => GoldenFile.ShouldHold(
        "notifications.txt",
        string.Join("\n", NotificationWords.ToldActs.SelectMany(act => new[] { Facts(act), Facts(act) with { OperatorName = "Priya Saltmarsh", OrganisationName = "Thistledown Hospitals (demo)" } }).Select(Whole)),
        "Lifecycle/Notifications");

    /// <summary>Issuance apart: its cardholder is handed the card.</summary>
    [Fact]
    public void Every_act_has_its_words() =>
        Enum.GetNames<Act>().Except(["Issuance"]).Concat(["PasscodeChange", "Cancellation"]).Except(NotificationWords.ToldActs).ShouldBeEmpty();

    [Fact]
    public void Whatever_people_and_computers_are_called_a_text_message_is_one_line_of_160_characters_and_the_link()
    {
        var facts =
            from act in Gen.Elements(NotificationWords.ToldActs.ToArray())
            from computer in ArbMap.Default.GeneratorFor<NonNull<string>>()
            from name in ArbMap.Default.GeneratorFor<string?>()
            from organisation in ArbMap.Default.GeneratorFor<string?>()
            from longer in Gen.Choose(0, 300)
            select Facts(act) with { Computer = computer.Get, OperatorName = name is null ? null : name + new string('x', longer), OrganisationName = organisation };

        Prop.ForAll(facts.ToArbitrary(), one =>
        {
            var text = NotificationWords.Text(one, Link, Zone);
            return text.EndsWith($"{Link}", StringComparison.Ordinal) && text.Length <= NotificationWords.LongestText + Link.ToString().Length
                && !text.Any(char.IsControl) && text.Contains("7731", StringComparison.Ordinal)
                && !NotificationWords.Summary(one, Zone).Any(char.IsControl);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_longest_date_of_every_act_fits_into_a_text_message()
    {
        foreach (var act in NotificationWords.ToldActs)
        {
            var text = NotificationWords.Text(Facts(act) with { At = new DateTimeOffset(2026, 9, 30, 21, 59, 0, TimeSpan.Zero), Computer = new string('X', 100) }, Link, Zone);
            text.Length.ShouldBeLessThanOrEqualTo(NotificationWords.LongestText + Link.ToString().Length, act);
        }
    }

    [Fact]
    public void A_name_with_a_line_feed_makes_no_second_line() =>
        NotificationWords.Email(Facts("Repair") with { OperatorName = "Priya\r\nhttps://evil.example/" }, Link, 30, Zone).ShouldNotContain("\nhttps://evil");

    private static NotificationFacts Facts(string act) =>
        new(act, "7731", At, "WARD4-PC1", NotAfter: act is "Renewal" or "Repair" ? At.AddYears(2) : null, Because: act == "Cancellation" ? "it was reported lost" : null);

    private static string Whole(NotificationFacts facts) => $"""
        == {facts.Act}{(facts.OperatorName is null ? "" : ", by an operator")}
        -- email: {NotificationWords.Subject(facts.Act)}
        {NotificationWords.Email(facts, Link, 30, Zone)}
        -- text
        {NotificationWords.Text(facts, Link, Zone)}
        -- in an alarm
        {NotificationWords.Named(facts.Act, facts.At, Zone)}

        """.ReplaceLineEndings("\n");
}
