using Evercard.Cards;
using Evercard.Cards.Drivers;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.Computers;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using static Evercard.Lifecycle.Expiry;

namespace Evercard.Lifecycle;

/// <summary>The catalogue: what each code says. What is true first, then what to do.</summary>
public static class Refusals
{
    private const string IdChecker = "Take the card and photo ID to an ID Checker. It cannot be done remotely.";

    public static Refusal RenewEarly(DateTimeOffset opens, DateTimeOffset notAfter, TimeZoneInfo zone) => new(
        "RENEW-EARLY",
        $"You can renew this smartcard from {InWords(opens, zone)}. It works until {InWords(notAfter, zone)}.",
        "Nothing to do. We will ask you when you log in.");

    /// <summary>The card itself ends: certificates on it cannot live longer than they do.</summary>
    public static Refusal CardEnds(DateTimeOffset cardExpiresAt, TimeZoneInfo zone) => new(
        "CARD-ENDS",
        $"This smartcard itself ends on {InWords(cardExpiresAt, zone)}. Renewing it would gain nothing.",
        "Ask your registration authority for a new smartcard.");

    public static Refusal RenewExpired(DateTimeOffset notAfter, TimeZoneInfo zone) => new(
        "RENEW-EXPIRED",
        $"Your smartcard expired on {InWords(notAfter, zone)}. An expired smartcard cannot renew itself.",
        IdChecker);

    public static Refusal CardExpired(DateTimeOffset notAfter, TimeZoneInfo zone) => new(
        "CARD-EXPIRED", $"This smartcard expired on {InWords(notAfter, zone)} and cannot log in.", IdChecker);

    public static Refusal CardLocked(Smartcard card) => CardLocked(card.Driver);

    /// <param name="driverName">Its driver knows how many tries the card has.</param>
    public static Refusal CardLocked(string driverName) => new(
        "CARD-LOCKED",
        CardDriver.ByName(driverName) is { } driver
            ? $"This smartcard is locked: the passcode was wrong {driver.PasscodeTries} times."
            : "This smartcard is locked: the passcode was wrong too often.",
        "Have it unlocked, then renew it. Ask your registration authority.",
        TriesLeft: 0);

    public static Refusal LockedAndExpired() => new(
        "LOCKED-EXPIRED", "This smartcard is locked and expired.", "One visit to an ID Checker does both.", TriesLeft: 0);

    public static Refusal PasscodeWrong(int triesLeft, string? reference = null) => new(
        "PASSCODE-WRONG",
        $"That passcode is not right. You have {triesLeft} {(triesLeft == 1 ? "try" : "tries")} left.",
        triesLeft == 1 ? "Another wrong passcode locks the smartcard. Take care, or ask to have it unlocked." : "Try again.",
        reference,
        triesLeft);

    public static Refusal PasscodeNeeded(string? reference = null) => new(
        "PASSCODE-NEEDED", "Your passcode is held for five minutes at most, and not after a wrong one.", "Type your passcode again.", reference);

    /// <summary>The card was asked to take another passcode, and said no.</summary>
    public static Refusal PasscodeRefused() => new(
        "PASSCODE-REFUSED", "The smartcard did not take the new passcode. Your passcode has not changed.", "Choose another one.");

    /// <param name="card">The cancelled one.</param>
    /// <param name="newer">Serial number of a card that its holder has in use; null where there is none.</param>
    /// <param name="zone">Where people read dates.</param>
    public static Refusal CardCancelled(Smartcard card, string? newer, TimeZoneInfo zone) => new(
        "CARD-CANCELLED",
        $"This smartcard was cancelled on {InWords(card.CancelledAt ?? default, zone)} because {card.CancelledBecause ?? "it was replaced"}.",
        newer is null
            ? "Ask your registration authority for a new card. Hand this one in."
            : $"Use your newer card (ends {newer[^Math.Min(4, newer.Length)..]}), or ask your registration authority. Hand this one in.");

    public static Refusal ProfileClosed(Person person, TimeZoneInfo zone) => new(
        "PROFILE-CLOSED",
        $"Your profile was closed on {InWords(person.ClosedAt ?? default, zone)}.",
        "Ask your registration authority; a new card will be issued.");

    public static Refusal CardNotYours(string holder, string loggedIn) => new(
        "CARD-NOT-YOURS",
        $"This is {holder}'s smartcard. You are logged in as {loggedIn}.",
        "Put your own card in, or log out.");

    public static Refusal CardUnknown() => new(
        "CARD-UNKNOWN", "This card was not issued here.", "Check that it is the right card.");

    public static Refusal CardBlank() => new(
        "CARD-BLANK", "This smartcard has nothing on it.", "Give it to your registration authority.");

    public static Refusal CardNotBlank() => new(
        "CARD-NOT-BLANK", "This smartcard has something on it already.", "Use a blank card, or adopt this one.");

    public static Refusal AgentNotApproved() => new(
        "AGENT-NOT-APPROVED",
        "This computer is not approved for issuing smartcards, or the card is on the books already.",
        "Ask the registration authority to approve it.");

    public static Refusal CardUnreadable() => new(
        "CARD-UNREADABLE", "We cannot read this card.", "Chip up and towards the reader; wipe it; try the other reader.");

    /// <summary>The card is in a reader, and its computer has not told what it is.</summary>
    public static Refusal CardSlow() => new(
        "CARD-SLOW", "The card has not answered for 30 seconds.", "Take it out, put it back and try again, or use another reader. Nothing on it has changed.");

    public static Refusal CardRemoved(string? reference) => new(
        "CARD-REMOVED",
        "The smartcard was taken out before we finished. It is safe.",
        "Put it back and enter the passcode. You can also finish later on any computer.",
        reference);

    /// <summary>The computer's smartcard service died under the act, and with it all readers: neither the card nor the network is to blame.</summary>
    public static Refusal ReaderSilent(string? reference) => new(
        "READER-UNPLUGGED",
        "The reader stopped answering before we finished. Your card is safe.",
        "Leave the card in and enter the passcode again; plug the reader in if it was pulled out. You can also finish later on any computer.",
        reference);

    /// <summary>The way to the card failed.</summary>
    public static Refusal CardLost(CardConnectionFailure failure, string? reference) => failure switch
    {
        CardConnectionFailure.Removed or CardConnectionFailure.ReaderGone => CardRemoved(reference),
        CardConnectionFailure.Busy or CardConnectionFailure.ResetByOther => CardBusy(reference),
        CardConnectionFailure.ServiceStopped => ReaderSilent(reference),
        CardConnectionFailure.LinkLost => ServiceUnreachable(reference),
        _ => CardUnreadable(),
    };

    public static Refusal CardBusy(string? reference) => new(
        "CARD-BUSY", "Another program is using your smartcard.", "Close that program, then try again. Your card is safe.", reference);

    public static Refusal CardFaulty(string? reference) => new(
        "CARD-FAULTY", "This card refused twice to do the same thing.", "Replace it: ask your registration authority.", reference);

    public static Refusal RepairNeeded(string? reference) => new(
        "REPAIR-NEEDED", "Neither key on this smartcard answers as it should.", IdChecker, reference);

    public static Refusal AuthorityDown(bool keyTouched, DateTimeOffset worksUntil, TimeZoneInfo zone, string? reference, string act = "renewal") => keyTouched
        ? new("CA-DOWN", $"We cannot make certificates just now. {(act == "renewal" ? "Your" : "The")} card is safe.", $"Finish the {act} later, on any computer.", reference)
        : new(
            "CA-DOWN",
            "We cannot make certificates just now. Nothing on your card has changed.",
            $"Try again later. Your card works until {InWords(worksUntil, zone)}.",
            reference);

    public static Refusal RenewalOpen(string computerName, string reference) => new(
        "RENEWAL-OPEN", $"A renewal of this card is under way on {computerName}.", "Finish it there, or take it over here.", reference);

    public static Refusal RenewalTooLate(string reference) => new(
        "RENEWAL-TOO-LATE",
        "This renewal was started before your card expired but too long ago to finish.",
        IdChecker,
        reference);

    public static Refusal RepairUnfinished(DateTimeOffset stoppedAt, TimeZoneInfo zone, string reference) => new(
        "REPAIR-UNFINISHED", $"A repair of this card stopped at {TimeInWords(stoppedAt, zone)}.", "Any ID Checker can finish it.", reference);

    public static Refusal ComputerNotApproved() => new(
        "AGENT-NOT-APPROVED", "This computer is not approved for work on other people's smartcards.", "Use a computer that is, or ask the registration authority to approve this one.");

    public static Refusal RepairRemote() => new(
        "REPAIR-REMOTE", "An expired smartcard cannot be repaired remotely.", "The card and its holder must be with you: put the card into the other reader.");

    public static Refusal IdentityUnsure() => new(
        "IDENTITY-UNSURE",
        "You said you are not sure this is the cardholder. Nothing has changed.",
        "Tell your registration authority. Keep the card if your policy says so.");

    public static Refusal NoPhotograph() => new(
        "IDENTITY-NO-PHOTOGRAPH", "There is no photograph on this profile to compare with.", "Ask for photo ID, and choose which one you saw.");

    public static Refusal PukUnknown() => new(
        "PUK-UNKNOWN", "Nobody recorded the key that sets a new passcode on this card.", "Replace the card: ask the registration authority.");

    public static Refusal PukRefused(string reference) => new(
        "PUK-REFUSED", "The card does not let us set a new passcode.", "Replace the card: ask the registration authority.", reference);

    public static Refusal RepairReason(DateTimeOffset notAfter, TimeZoneInfo zone) => new(
        "REPAIR-REASON", $"This smartcard works until {InWords(notAfter, zone)}, and nothing is known to be wrong with it.", "Say why it is to be repaired.");

    public static Refusal NotConfirmed() => new(
        "CONFIRMATION-NEEDED", "You have not confirmed this with your own smartcard, or too long ago.", "Confirm it with your passcode. Nothing has changed.");

    public static Refusal NotYourCard() => new(
        "READER-WRONG", "That is not the smartcard that you are logged in with.", "Put your own smartcard back into your reader.");

    /// <summary>The second try failed: nobody goes on by trying.</summary>
    public static Refusal RetryStop(string reference) => new("RETRY-STOP", "This failed twice, so we have stopped.", $"Ring the service desk and give {reference}.", reference);

    public static Refusal IssuanceUnfinished(string reference) => new(
        "ISSUANCE-UNFINISHED", "This smartcard was never finished.", "Give it back to your registration authority.", reference);

    public static Refusal RenewedElsewhere(DateTimeOffset at, string computerName, DateTimeOffset notAfter, TimeZoneInfo zone) => new(
        "RENEWED-ELSEWHERE",
        $"This smartcard was already renewed at {TimeInWords(at, zone)} on {computerName}. It works until {InWords(notAfter, zone)}.",
        "Nothing to do.");

    public static Refusal RenewalUnfinished(string computerName, DateTimeOffset stoppedAt, TimeZoneInfo zone, string reference) => new(
        "RENEWAL-UNFINISHED",
        $"Your renewal on {computerName} stopped at {TimeInWords(stoppedAt, zone)}. Your card is safe.",
        "Finish your renewal with this card and its passcode, here or on any computer.",
        reference);

    public static Refusal CertificateRevoked() => new(
        "CARD-REVOKED", "The log-in certificate of this smartcard was revoked.", "Ask your registration authority.");

    /// <summary>This visit lost its operation to another one.</summary>
    public static Refusal TakenOver(string? reference, string act = "renewal") => new(
        "RENEWAL-OPEN", $"This {act} goes on at another computer.", "Finish it there. Your card is safe.", reference);

    public static Refusal AgentQuarantined(string? reference) => new(
        "AGENT-QUARANTINED", "This computer told us something about your card that is not true.", "Finish at another computer. Your card is safe.", reference);

    /// <param name="ended">The session that is over; null where none is known.</param>
    /// <param name="zone">Where people read times.</param>
    public static Refusal LoggedOut(Session? ended, TimeZoneInfo zone)
    {
        // One that ran out by the clock may not have been written down yet.
        var because = ended is null ? null : ended.EndedBecause ?? ended.SuspendedBecause ?? Session.TimeOver;
        var why = (because, At: ended?.EndedAt ?? ended?.SuspendedAt) switch
        {
            (Session.SmartcardRemoved, { } at) => $" Your smartcard was removed at {TimeInWords(at, zone)}.",
            (Session.SmartcardCancelled, { } at) => $" Your smartcard was cancelled at {TimeInWords(at, zone)}.",
            (Session.LinkLost, { } at) => $" The link to your computer was lost at {TimeInWords(at, zone)}.",
            (Session.TimeOver, _) => " You had been logged in for as long as one log-in lasts.",
            _ => string.Empty,
        };
        return new("LOGGED-OUT", $"You have been logged out.{why}", "Log in again.");
    }

    public static Refusal RoleNotYours() => new("ROLE-NOT-YOURS", "That is not one of your roles.", "Choose one of the roles that are listed.");

    /// <summary>Another of the person's roles may do it.</summary>
    /// <param name="present">Name of the role of this log-in; null where none was chosen.</param>
    /// <param name="wanted">What is asked for.</param>
    /// <param name="needed">Name of the person's role that may.</param>
    public static Refusal RoleWrong(string? present, RolePermission wanted, string needed) => new(
        "ROLE-WRONG",
        $"You are logged in {(present is null ? "without a role" : $"as {present}")}. {wanted.Title()} needs your {needed} role.",
        $"Switch to {needed}. You come back to this page.");

    /// <param name="wanted">What is asked for.</param>
    /// <param name="help">Who can, one a line; null where nobody is on record.</param>
    public static Refusal PermissionNone(RolePermission wanted, string? help) => new(
        "PERMISSION-NONE",
        $"None of your roles can {wanted.Deed()}.",
        help is null ? "Ask your registration authority." : "At your organisation these people can:",
        Help: help);

    public static Refusal ReaderNone() => new("READER-NONE", "We cannot see a reader.", "Plug one in. This page notices, and goes on by itself.");

    public static Refusal ReaderOne() => new(
        "READER-ONE", "Managing a smartcard needs two readers. This computer has one.", "Plug in a second reader. This page notices, and goes on by itself.");

    public static Refusal ReaderWrong() => new(
        "READER-WRONG", "That is your own smartcard.", "Put the smartcard that you wish to manage in the other reader. Yours stays where it is.");

    public static Refusal CardsTwo() => new(
        "CARDS-TWO", "Two smartcards are in the readers besides yours.", "Choose the one that you wish to manage, or take the other one out.");

    /// <summary>Only a card that is in front of the person who manages it is shown.</summary>
    public static Refusal CardNotHere() => new(
        "CARD-NOT-HERE", "That smartcard is in no reader of this computer.", "Put it in the other reader. Its details are shown while it is there.");

    public static Refusal RepairSelf() => new("REPAIR-SELF", "You cannot repair your own smartcard.", "Ask another person who repairs smartcards.");

    public static Refusal UnlockSelf() => new("UNLOCK-SELF", "You cannot set the passcode of your own smartcard like this.", "Change it yourself, or ask another person who unlocks smartcards.");

    public static Refusal CancelSelf() => new("CANCEL-SELF", "You cannot cancel your own smartcard.", "Ask another person who cancels smartcards.");

    public static Refusal ServiceUnreachable(string? reference) => new(
        "SERVICE-UNREACHABLE", "The computer with the card can no longer be reached.", "Check the network. Your card is safe; finish on any computer.", reference);

    public static Refusal LinkExpired() => new("LINK-EXPIRED", "This page was open for more than 5 minutes.", "Start again: one click, nothing to retype.");

    public static Refusal AgentMissing() => new(
        "AGENT-MISSING",
        "Identity Agent is not running on this computer.",
        "Start it: Start menu, Identity Agent. If it is not there, ask your IT support. This page waits, and goes on by itself.");

    public static Refusal AgentOld(string version, Version minimum) => new(
        "AGENT-OLD", $"Identity Agent {version} is too old for this.", $"Ask IT for Identity Agent {minimum}, or use another computer. You can still log in.");

    /// <param name="error">How far the computer's clock is ahead; negative where it is behind.</param>
    public static Refusal ClockWrong(TimeSpan error)
    {
        var (size, unit) = error.Duration() switch
        {
            { TotalDays: >= 1 } d => ((int)d.TotalDays, "day"),
            { TotalHours: >= 1 } h => ((int)h.TotalHours, "hour"),
            var m => ((int)m.TotalMinutes, "minute"),
        };
        return new(
            "CLOCK-WRONG",
            $"This computer's clock is {size} {unit}{(size == 1 ? string.Empty : "s")} {(error > TimeSpan.Zero ? "ahead" : "behind")}.",
            "Ask IT to set the clock. Your card is fine.");
    }
}
