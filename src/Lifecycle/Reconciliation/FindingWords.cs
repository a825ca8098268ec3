using Evercard.Registry.Journal;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>A finding in words, the same on the page and in the terminal.</summary>
public static class FindingWords
{
    /// <summary>In a word or two.</summary>
    public static string Label(FindingKind kind) => kind switch
    {
        FindingKind.CardholderAlarm => "Alarm",
        FindingKind.MadeByLiar => "Key not trusted",
        FindingKind.SeenOtherwise => "Other key seen",
        FindingKind.CertificateGone => "Certificate revoked",
        FindingKind.EndedHalfway => "Given up halfway",
        FindingKind.RepairUnfinished => "Repair unfinished",
        FindingKind.IssuanceUnfinished => "Issuance unfinished",
        FindingKind.ProfileClosed => "Profile closed",
        _ => "Renewal unfinished",
    };

    /// <summary>What was found, in sentences that need no other.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="zone">Where people read dates.</param>
    public static string Found(Finding finding, TimeZoneInfo zone)
    {
        var found = finding.Kind switch
        {
            FindingKind.CardholderAlarm => finding.Said ?? "The cardholder said that an act was not theirs.",
            FindingKind.MadeByLiar =>
                $"A key of this card was handed in by {finding.Liar}. Later that computer was found to have handed in something false. The key may not be the card’s own.",
            FindingKind.SeenOtherwise =>
                $"The card was seen{(finding.Computer is { } computer ? $" at {computer}" : "")} with a key or certificate other than the one on record. It may be damaged, or a copy.",
            FindingKind.CertificateGone =>
                "A certificate of this card was revoked, because the card was seen with another key than the one on record. It logs in or signs no more.",
            FindingKind.EndedHalfway =>
                $"{A(finding.Act)} at {finding.Computer} was given up halfway: one key of the card may have been replaced and has no certificate.",
            FindingKind.ProfileClosed => $"{A(finding.Act)} stopped at {finding.Computer}. The profile of its cardholder was closed since: nobody can finish it.",
            FindingKind.IssuanceUnfinished when finding.Until is null => "Issuing this card stopped halfway and was given up. One of its certificates counts, and nobody uses the card.",
            FindingKind.IssuanceUnfinished => $"Issuing this card stopped at {finding.Computer}.",
            FindingKind.RepairUnfinished => $"A repair stopped at {finding.Computer}. Until it is finished the card may not work.",
            _ => $"A renewal stopped at {finding.Computer}. The card is safe: one key after the other is replaced.",
        };
        return finding is { Liar: { } liar, Kind: not FindingKind.MadeByLiar }
            ? $"{found} A key that {liar} handed in was not on the card: that computer gets no more acts."
            : found;
    }

    /// <summary>What to do next.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="fullName">Of the cardholder.</param>
    /// <param name="zone">Where people read dates.</param>
    public static string Next(Finding finding, string fullName, TimeZoneInfo zone)
    {
        var name = FirstName(fullName);
        var until = finding.Until is { } end ? $", until {Expiry.InWords(end, zone)}" : "";
        var next = finding.Kind switch
        {
            FindingKind.CardholderAlarm => $"Ring {name}. If somebody else had the card or its passcode, cancel the card under Manage Smartcard; if it was a mistake, there is nothing to do.",
            FindingKind.MadeByLiar => $"Ask {name} to bring the card, and repair it at another computer: it gets new keys.",
            FindingKind.SeenOtherwise => $"Ask {name} to bring the card. Look at it and at {name}, then repair it: the repair ends with a test of both keys.",
            FindingKind.CertificateGone => $"Ask {name} to bring the card, and repair it.",
            FindingKind.EndedHalfway => $"Ask {name} to bring the card, and repair it. If the card is lost, cancel it.",
            FindingKind.ProfileClosed => "Take the card back, and cancel it.",
            FindingKind.IssuanceUnfinished => "Find the card, and have whoever issues smartcards issue it once more.",
            FindingKind.RepairUnfinished => $"Ask {name} to come back with the card. Any ID Checker can finish the repair{until}.",
            _ => $"Ask {name} to put the card into any{(finding.Liar is null ? "" : " other")} computer and type the passcode: the renewal is then finished in seconds{until}.",
        };
        return finding.Liar is { } liar ? $"{next} Have computer support look at {liar}." : next;
    }

    /// <summary>"Rosa" of "Rosa Tanglewood".</summary>
    private static string FirstName(string fullName) => fullName.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : fullName;

    private static string A(Act act) => act switch
    {
        Act.Repair => "A repair",
        Act.Issuance => "An issuance",
        _ => "A renewal",
    };
}
