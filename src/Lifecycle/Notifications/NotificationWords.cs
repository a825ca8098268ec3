namespace Evercard.Lifecycle.Notifications;

/// <summary>What a notification can tell.</summary>
/// <param name="Act">Name of the act.</param>
/// <param name="CardEnds">The last four characters of the number that is printed on the card.</param>
/// <param name="At">When it was done.</param>
/// <param name="Computer">Where.</param>
/// <param name="OperatorName">Who did it for the cardholder; null where cardholders did it themselves.</param>
/// <param name="OrganisationName">Where that operator works; null with no operator.</param>
/// <param name="NotAfter">Until when the card works now, where the act decided that.</param>
/// <param name="Because">Why, in words that follow "because"; null where that goes without saying.</param>
public sealed record NotificationFacts(
    string Act, string CardEnds, DateTimeOffset At, string Computer, string? OperatorName = null, string? OrganisationName = null, DateTimeOffset? NotAfter = null, string? Because = null);

/// <summary>The words of one act.</summary>
/// <param name="Subject">Of the e-mail, and how the first sentence begins. {card} stands for "your smartcard".</param>
/// <param name="Noun">As it follows "said that".</param>
/// <param name="More">What else an e-mail says.</param>
internal sealed record ActWords(string Subject, string Noun, string More);

/// <summary>The words of all notifications: pure functions and one table. An act without a row is not told.</summary>
public static class NotificationWords
{
    /// <summary>What one text message holds; the link follows it.</summary>
    public const int LongestText = 160;

    private const int LongestName = 200;
    private const string NotYou = "If this was not you: ";

    private static readonly Dictionary<string, ActWords> Acts = new(StringComparer.Ordinal)
    {
        ["Renewal"] = new("{card} was renewed", "the renewal", "It works until {until}. Its passcode is the same as before."),
        ["Repair"] = new("{card} was repaired", "the repair", "It works until {until}, with the passcode that was chosen then."),
        ["Unlock"] = new("{card} was unlocked with a new passcode", "the unlocking", "Its passcode is the one that was chosen then."),
        [ToldAct.PasscodeChange] = new("The passcode of {card} was changed", "the change of passcode", "Use the new passcode from now on."),
        [ToldAct.Cancellation] = new("{card} was cancelled", "the cancellation", "It was cancelled because {because}. It can never be used again."),
    };

    /// <summary>Names of the acts that are told.</summary>
    public static IReadOnlyCollection<string> ToldActs => Acts.Keys;

    public static string Subject(string act) => Capital(Acts[act].Subject.Replace("{card}", "your smartcard", StringComparison.Ordinal));

    /// <summary>"the repair of 29 November 2026 at 8:06am".</summary>
    public static string Named(string act, DateTimeOffset at, TimeZoneInfo zone) =>
        $"{(Acts.TryGetValue(act, out var words) ? words.Noun : "an act")} of {Expiry.InWords(at, zone)} at {Expiry.TimeInWords(at, zone)}";

    /// <summary>One sentence: what, when, by whom, where.</summary>
    public static string Summary(NotificationFacts facts, TimeZoneInfo zone)
    {
        var by = facts.OperatorName is { } name ? $" by {Clean(name)}{(facts.OrganisationName is { } organisation ? $", {Clean(organisation)}," : "")}" : "";
        return $"{What(facts, zone)}{by} at the computer {Clean(facts.Computer)}.";
    }

    /// <param name="facts">What was done.</param>
    /// <param name="link">Raises the alarm.</param>
    /// <param name="linkDays">How long the link is good.</param>
    /// <param name="zone">Where people read dates.</param>
    public static string Email(NotificationFacts facts, Uri link, int linkDays, TimeZoneInfo zone)
    {
        var more = Acts[facts.Act].More
            .Replace("{until}", facts.NotAfter is { } end ? Expiry.InWords(end, zone) : "its certificates expire", StringComparison.Ordinal)
            .Replace("{because}", Clean(facts.Because ?? "nobody wrote down why"), StringComparison.Ordinal);
        return $"""
            {Summary(facts, zone)}

            {more}

            If it was you, or was done for you, you need not do anything. No reply is needed, and nobody reads one.

            {NotYou}{link}

            The link can be used for {linkDays} days. We never ask for your passcode.

            """.ReplaceLineEndings("\n");
    }

    /// <summary>One line of at most 160 characters, and the link. What does not fit is left out: where first the operator works, then the computer, then who.</summary>
    /// <param name="facts">What was done.</param>
    /// <param name="link">Raises the alarm.</param>
    /// <param name="zone">Where people read dates.</param>
    public static string Text(NotificationFacts facts, Uri link, TimeZoneInfo zone)
    {
        var (what, at) = (What(facts, zone), $" at the computer {Clean(facts.Computer)}");
        var by = facts.OperatorName is { } name ? $" by {Clean(name)}" : "";
        var of = facts.OrganisationName is { } organisation ? $", {Clean(organisation)}," : "";
        string[] details = facts.OperatorName is null ? [at, ""] : [$"{by}{of}{at}", $"{by}{at}", by, ""];
        return details.Select(detail => $"{what}{detail}. No reply is needed. {NotYou}").First(text => text.Length <= LongestText || text.StartsWith($"{what}.", StringComparison.Ordinal)) + link;
    }

    private static string What(NotificationFacts facts, TimeZoneInfo zone) =>
        $"{Capital(Acts[facts.Act].Subject.Replace("{card}", $"your smartcard ending {Clean(facts.CardEnds)}", StringComparison.Ordinal))} on {Expiry.InWords(facts.At, zone)} at {Expiry.TimeInWords(facts.At, zone)}";

    private static string Capital(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    /// <summary>Names come from people and computers: they stay on one line.</summary>
    private static string Clean(string name) => PlainLine.Of(name, LongestName);
}
