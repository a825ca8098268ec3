using Evercard.Look;
using Evercard.Protocol;

namespace Evercard.Agent.Pages.Opened;

/// <summary>Refusals as pages lay them out.</summary>
internal static class RefusedWords
{
    private const string WhoUnlocks = "Ask your registration authority, or an ID Checker at your organisation, to unlock your smartcard. Take it with you.";

    /// <summary>Said of the passcode that was typed: the field is shown again.</summary>
    public static bool IsAboutPasscode(Refused? refused) =>
        refused?.Code is "PASSCODE-WRONG" or "PASSCODE-FORMAT" or "PASSCODE-DIFFERENT" or "PASSCODE-EASY" or "PASSCODE-NEEDED" or "PASSCODE-REFUSED";

    public static RefusalView View(Refused refused, params IReadOnlyList<RefusalAction> actions) =>
        new(refused.Code, refused.Title, refused.NextStep)
        {
            Reference = refused.Reference,
            HelpLines = Help(refused),
            Actions = actions,
        };

    /// <summary>Who can unlock the card: named by the service, or else in general.</summary>
    public static RefusalView Forgotten(CardGreeting? greeting, Refused? said, string back) =>
        new(AgentRefusals.PasscodeForgotten.Code, AgentRefusals.PasscodeForgotten.Title, AgentRefusals.PasscodeForgotten.NextStep)
        {
            HelpLines = greeting?.Help ?? (Help(said) is { Count: > 0 } named ? named : [WhoUnlocks]),
            Actions = [new("Back", back)],
        };

    /// <summary>What the service knows of a card that cannot log in.</summary>
    public static Refused? OfStanding(CardGreeting greeting, DateWords words)
    {
        const string IdChecker = "Take the card and photo ID to an ID Checker. It cannot be done remotely.";
        return greeting.State switch
        {
            CardStanding.Expired => new(
                null, "CARD-EXPIRED", $"This smartcard expired{(greeting.NotAfter is { } at ? " on " + words.Date(at) : "")} and cannot log in.", IdChecker),
            CardStanding.Cancelled => new(
                null, "CARD-CANCELLED", "This smartcard was cancelled.", "Use your newer card, or ask your registration authority. Hand this one in."),
            CardStanding.Blank => new(null, "CARD-BLANK", "This smartcard has nothing on it.", "Give it to your registration authority."),
            CardStanding.Unknown => new(null, "CARD-UNKNOWN", "This card was not issued here.", "Check that it is the right card."),
            CardStanding.RepairUnfinished => new(
                null, "REPAIR-UNFINISHED", $"A repair of this card stopped{(greeting.StoppedAt is { } at ? " at " + words.Time(at) : "")}.", "Any ID Checker can finish it.",
                Facts: greeting.Help is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["help"] = string.Join('\n', greeting.Help) }),
            _ => null,
        };
    }

    /// <summary>No tries are left.</summary>
    public static Refused Locked { get; } = new(null, "CARD-LOCKED", "This smartcard is locked: the passcode was wrong too often.", WhoUnlocks, TriesLeft: 0);

    /// <summary>One person or desk a line.</summary>
    private static IReadOnlyList<string> Help(Refused? refused) => refused?.Facts?.GetValueOrDefault("help")?.Split('\n') ?? [];
}
