namespace Evercard.Lifecycle.Reconciliation;

/// <summary>What an audit event tells of how a card was seen.</summary>
/// <param name="Kind">Of the event.</param>
/// <param name="Facts">Of the event.</param>
/// <param name="At">When.</param>
/// <param name="AgentId">Where; null where nobody wrote that down.</param>
public sealed record SightingEvent(string Kind, IReadOnlyDictionary<string, string> Facts, DateTimeOffset At, string? AgentId);

/// <summary>A card that was seen with a key or certificate other than the one on record, and not put right since.</summary>
/// <param name="At">When that was first seen.</param>
/// <param name="AgentId">Where it was seen last; null where nobody wrote that down.</param>
public sealed record Sighting(DateTimeOffset At, string? AgentId)
{
    private const string Refused = "LogInRefused";
    private const string Tested = "SmartcardTested";

    /// <summary>Events that tell how a card was seen.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Refused, Tested, "LoggedIn", "RenewalCompleted", "RepairCompleted", "IssuanceCompleted"];

    /// <summary>Those of them that may be bad news.</summary>
    public static IReadOnlyList<string> Bad { get; } = [Refused, Tested];

    /// <summary>What the events of one card come to: a pure function. A log-in shows the log-in key alone; a test and a finished act show both.</summary>
    /// <param name="newestFirst">Of <see cref="Kinds"/>; others are passed over.</param>
    /// <returns>Null where each key was last seen as it is on record, or was not seen.</returns>
    public static Sighting? Of(IEnumerable<SightingEvent> newestFirst)
    {
        var events = newestFirst.ToList();
        return new[] { Of(events, IsLogInKeyRight), Of(events, IsSignatureKeyRight) }.OfType<Sighting>().MinBy(one => one.At);
    }

    /// <summary>Whether this event alone is a reason to look at the card.</summary>
    public static bool IsBad(SightingEvent one) => IsLogInKeyRight(one) == false || IsSignatureKeyRight(one) == false;

    private static Sighting? Of(List<SightingEvent> events, Func<SightingEvent, bool?> isRight)
    {
        var wrong = events.Where(one => isRight(one) is not null).TakeWhile(one => isRight(one) == false).ToList();
        return wrong.Count == 0 ? null : new Sighting(wrong[^1].At, wrong[0].AgentId);
    }

    private static bool? IsLogInKeyRight(SightingEvent one) => one.Kind switch
    {
        Refused => one.Facts.GetValueOrDefault("code") == "REPAIR-NEEDED" ? false : null,
        Tested => IsYes(one, "logIn"),
        _ => Kinds.Contains(one.Kind) ? true : null,
    };

    private static bool? IsSignatureKeyRight(SightingEvent one) => one.Kind switch
    {
        Refused or "LoggedIn" => null,
        Tested => IsYes(one, "signature"),
        _ => Kinds.Contains(one.Kind) ? true : null,
    };

    private static bool? IsYes(SightingEvent one, string fact) => one.Facts.GetValueOrDefault(fact) switch
    {
        "yes" => true,
        "no" => false,
        _ => null,
    };
}
