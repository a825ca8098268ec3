using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Registry.Journal;

namespace Evercard.DevHost.DemoTable;

/// <summary>What state a sample card is in.</summary>
/// <param name="Card">Which.</param>
/// <param name="Made">Null where it is not made yet.</param>
/// <param name="End">Expiry of its certificates.</param>
/// <param name="Waiting">The act that waits to be finished.</param>
/// <param name="Now">The demonstration's clock.</param>
internal sealed record CardState(SampleCard Card, SimulatedCard? Made, DateTimeOffset? End, Act? Waiting, DateTimeOffset Now)
{
    /// <summary>Its holder can do nothing with it, not even log in and be told more: it is brought to an ID Checker.</summary>
    public bool NeedsOperator => Card is { Holder: not null, Story: not CardStory.Cancelled }
        && (Card.Story == CardStory.ProfileClosed || Unfinished == Act.Repair || End < Now);

    private bool IsLocked => Made is null ? Card.Story == CardStory.Locked : Made.Image.Passcode.IsBlocked;

    private Act? Unfinished => Made is null ? Planned(Card.Story) : Waiting;

    /// <param name="zone">Where people read dates.</param>
    public string InWords(TimeZoneInfo zone)
    {
        switch (Card.Story)
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

        string[] words =
        [
            .. Unfinished switch
            {
                Act.Renewal => new[] { "renewal unfinished" },
                Act.Repair => ["repair unfinished"],
                _ => [],
            },
            .. IsLocked ? new[] { "locked" } : [],
            .. Card.Story == CardStory.Faulty ? new[] { "faulty chip" } : [],
            Days(End!.Value, zone),
        ];
        var all = string.Join(", ", words);
        return char.ToUpperInvariant(all[0]) + all[1..];
    }

    private string Days(DateTimeOffset end, TimeZoneInfo zone)
    {
        var left = Expiry.DaysLeft(Now, end, zone);
        return left switch
        {
            < 0 => $"expired {Count(-left)} ago",
            0 => end < Now ? "expired today" : "expires today",
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
