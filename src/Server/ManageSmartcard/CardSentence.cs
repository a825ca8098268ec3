using Evercard.Lifecycle;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Server.Browsers;

namespace Evercard.Server.ManageSmartcard;

/// <summary>What a card is like, and the one act that it needs, in a line: a pure function.</summary>
public static class CardSentence
{
    /// <param name="card">The card.</param>
    /// <param name="options">What can be done with it.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="rules">Where people read dates.</param>
    public static string Of(ManagedCard card, IReadOnlyList<ServiceOption> options, DateTimeOffset now, LifecycleOptions rules)
    {
        if (card.Closed(rules) is { } closed)
        {
            return $"{closed.Detail} {(options.Any(option => option.IsAvailable) ? "This card can only be cancelled." : "Nothing can be done with this card.")}";
        }

        var needed = options.FirstOrDefault(option => option.IsRecommended);
        return needed is null ? State(card, now, rules) : $"{State(card, now, rules)} It needs {needed.Act.Need()}.";
    }

    private static string State(ManagedCard card, DateTimeOffset now, LifecycleOptions rules)
    {
        var zone = rules.TimeZone;
        string Stopped(string what) => $"A {what} of this card stopped at {Expiry.TimeInWords(card.Begun!.TouchedAt, zone)} on {card.Begun.ComputerName}.";
        return card.State switch
        {
            ManagedCardState.Valid => $"This card works until {Words.DateAndDays(card.NotAfter!.Value, now, zone)}. Nothing needs to be done.",
            ManagedCardState.Due => $"This card expires on {Words.DateAndDays(card.NotAfter!.Value, now, zone)}. Its holder can renew it alone.",
            ManagedCardState.Expired => card.NotAfter is { } end ? $"This card expired {Ago(end, now, zone)}." : "This card has no certificates.",
            ManagedCardState.Locked => "This card is locked.",
            ManagedCardState.LockedAndExpired => card.NotAfter is { } past ? $"This card is locked, and expired {Ago(past, now, zone)}." : "This card is locked, and has no certificates.",
            ManagedCardState.RenewalUnfinished => $"{Stopped("renewal")} Its holder can finish it with the passcode.",
            ManagedCardState.RepairUnfinished => Stopped("repair"),
            ManagedCardState.Cancelled => $"{Lifecycle.Refusals.CardCancelled(card.Card, card.Newer, zone).Detail} {Newer(card)}Hand it in.",
            ManagedCardState.NeverFinished => "This smartcard was never finished. Give it back to your registration authority.",
            _ => "This card was not issued here.",
        };
    }

    private static string Newer(ManagedCard card) =>
        card.Newer is { } newer ? $"{card.Holder.FullName} has a newer one, which ends {newer[^Math.Min(4, newer.Length)..]}. " : "";

    private static string Ago(DateTimeOffset end, DateTimeOffset now, TimeZoneInfo zone) => Expiry.DaysLeft(now, end, zone) switch
    {
        0 => "today",
        -1 => "yesterday",
        var days => $"{-days} days ago",
    };
}
