namespace Evercard.Server.Help;

/// <summary>Why a smartcard is not repaired, or not yet.</summary>
internal static class HelpOnRepair
{
    public static readonly RefusalHelp[] Pages =
    [
        new("REPAIR-REMOTE", "An expired smartcard cannot be repaired remotely",
            "A repair needs the card itself in a reader of the ID Checker's own computer, and its holder beside it. It is not possible in any other way.",
            ["Ask the cardholder to come with the card and photo ID.", "Put the card into your other reader. The page goes on by itself."], HelpFrom.Yourself),
        new("REPAIR-REASON", "Nothing is known to be wrong with this smartcard",
            "It has not expired, it is not due, and nothing on it is unfinished. It can be repaired all the same, for example because its certificates are damaged.",
            ["Write in a few words why it is to be repaired. That is recorded."], HelpFrom.Yourself),
        new("IDENTITY-UNSURE", "You are not sure that this is the cardholder",
            "You did the right thing: nothing on the card has changed, and it is recorded that you asked.",
            ["Tell your registration authority.", "Keep the card if your policy says so."], HelpFrom.RegistrationAuthority),
        new("IDENTITY-NO-PHOTOGRAPH", "There is no photograph to compare with",
            "The profile has no photograph, so that nobody can have been recognised by it.",
            ["Ask for photo ID, such as a passport or a driving licence.", "Choose which one you saw."], HelpFrom.Yourself),
        new("CONFIRMATION-NEEDED", "What you do for others is confirmed with your own smartcard",
            "Being logged in is not enough: each repair and each unlock is confirmed with your own smartcard and passcode, and that is good for 15 minutes.",
            ["Begin again and type your passcode when you are asked. Nothing has changed."], HelpFrom.Yourself),
        new("PUK-UNKNOWN", "The key that sets a new passcode was never recorded",
            "This card came from elsewhere, and the key that lets us set its passcode was not told to us.",
            ["Replace the card: ask the registration authority."], HelpFrom.RegistrationAuthority),
        new("PUK-REFUSED", "The card does not let us set a new passcode",
            "It refused the keys that are recorded for it, or it has refused too often and is blocked.",
            ["Replace the card: ask the registration authority."], HelpFrom.RegistrationAuthority),
        new("RETRY-STOP", "It failed twice, so we have stopped",
            "Errors come most often from the computer, and trying again and again helps nobody. The count is kept with the act: another tab or computer does not begin anew.",
            ["Ring the desk that the page names and give the reference.", "The card can be tried again an hour later, on any approved computer."], HelpFrom.ServiceDesk),
    ];
}
