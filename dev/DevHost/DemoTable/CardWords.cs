using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Registry.Journal;

namespace Evercard.DevHost.DemoTable;

/// <summary>What state a sample card is in, in words.</summary>
internal static class CardWords
{
    /// <param name="card">Which.</param>
    /// <param name="made">Null where it is not made yet.</param>
    /// <param name="end">Expiry of its certificates.</param>
    /// <param name="waiting">The act that waits to be finished.</param>
    /// <param name="now">The demonstration's clock.</param>
    /// <param name="zone">Where people read dates.</param>
    public static string Of(SampleCard card, SimulatedCard? made, DateTimeOffset? end, Act? waiting, DateTimeOffset now, TimeZoneInfo zone)
    {
        switch (card.Story)
        {
            case CardStory.Blank:
                return "Nothing on it";
            case CardStory.Foreign:
                return "Issued by somebody else";
            case CardStory.Cancelled:
                return "Cancelled: it was reported lost";
            case CardStory.ProfileClosed:
                return "Its holder’s profile is closed";
        }

        var locked = made is null ? card.Story == CardStory.Locked : made.Image.Passcode.IsBlocked;
        var unfinished = made is null ? Planned(card.Story) : waiting;
        string[] words =
        [
            .. unfinished switch
            {
                Act.Renewal => new[] { "renewal unfinished" },
                Act.Repair => ["repair unfinished"],
                _ => [],
            },
            .. locked ? new[] { "locked" } : [],
            .. card.Story == CardStory.Faulty ? new[] { "faulty chip" } : [],
            Days(end!.Value, now, zone),
        ];
        var all = string.Join(", ", words);
        return char.ToUpperInvariant(all[0]) + all[1..];
    }

    private static string Days(DateTimeOffset end, DateTimeOffset now, TimeZoneInfo zone)
    {
        var left = Expiry.DaysLeft(now, end, zone);
        return left switch
        {
            < 0 => $"expired {Count(-left)} ago",
            0 => end < now ? "expired today" : "expires today",
            _ => $"{Count(left)} left",
        };
    }

    private static string Count(int days) => days == 1 ? "1 day" : $"{days} days";

    private static Act? Planned(CardStory story) => story switch
    {
        CardStory.RenewalCut => Act.Renewal,
        CardStory.RepairCut => Act.Repair,
        _ => null,
    };
}
