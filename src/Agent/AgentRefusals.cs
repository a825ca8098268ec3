using Evercard.Cards;
using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>What the agent refuses by itself, in the words of the catalogue.</summary>
public static class AgentRefusals
{
    public static Refused PasscodeFormat { get; } = No("PASSCODE-FORMAT", "A passcode is 6 to 8 digits.", "Type it again. No try was used.");

    public static Refused PasscodeDifferent { get; } =
        No("PASSCODE-DIFFERENT", "The two passcodes are not the same.", "Type both again. Nothing has changed.");

    public static Refused PasscodeEasy { get; } =
        No("PASSCODE-EASY", "That passcode is too easy to guess.", "Avoid 123456, 111111 and the like. Do not use a birthday.");

    public static Refused PasscodeLast { get; } = No(
        "PASSCODE-LAST", "You have 1 try left. Another wrong passcode locks the smartcard.",
        "If you are not sure of your passcode, have the smartcard unlocked instead.");

    public static Refused PasscodeForgotten { get; } =
        No("PASSCODE-FORGOTTEN", "You do not need to guess.", "Ask somebody who can unlock your smartcard. The tries that you have left stay unused.");

    public static Refused AgentOther { get; } = No(
        "AGENT-OTHER", "The Identity Agent that answered belongs to another user of this computer.", "Start from your own tray icon.");

    /// <summary>A question, not a refusal.</summary>
    public static Refused CardsTwo { get; } = No("CARDS-TWO", "Two smartcards are in the readers.", "Whose is yours?");

    public static Refused LinkExpired { get; } = No(
        "LINK-EXPIRED", "This link is too old, or it was used already.", "Start again: it costs one click and nothing is lost.");

    public static Refused LoggedOut { get; } = No("LOGGED-OUT", "You have been logged out.", "Log in again.");

    public static Refused NoPages { get; } = No(
        "AGENT-NO-PAGES", "Identity Agent shows no pages on this computer.", "Ask IT, or use another computer.");

    public static Refused ServiceUnreachable { get; } =
        No("SERVICE-UNREACHABLE", "This computer cannot reach the service.", "Check the network, or choose Check this computer.");

    public static Refused ReaderNone { get; } = No("READER-NONE", "We cannot see a reader.", "Plug it in; we carry on by ourselves.");

    public static Refused ReaderUnplugged { get; } =
        No("READER-UNPLUGGED", "The reader was unplugged. Your card is safe.", "Plug it in; we carry on by ourselves.");

    public static Refused CardRemoved { get; } = No(
        "CARD-REMOVED", "The smartcard was taken out before we finished. It is safe.",
        "Put it back and enter the passcode. You can also finish later on any computer.");

    public static Refused CardBusy { get; } =
        No("CARD-BUSY", "Another program is using your smartcard.", "Close it, or wait: we try again for 10 seconds.");

    public static Refused CardUnreadable { get; } =
        No("CARD-UNREADABLE", "We cannot read this card.", "Chip up and towards the reader; wipe it; try the other reader.");

    public static Refused Unexpected { get; } =
        No("SERVICE-FAILED", "The service answered something else than was asked.", "Try again. If it happens again, tell the service desk.");

    /// <summary>The refusal that fits a failed way to the card.</summary>
    public static Refused Of(CardConnectionFailure failure) => failure switch
    {
        CardConnectionFailure.Removed => CardRemoved,
        CardConnectionFailure.Busy or CardConnectionFailure.ResetByOther => CardBusy,
        CardConnectionFailure.ReaderGone => ReaderUnplugged,
        CardConnectionFailure.ServiceStopped => ReaderNone,
        CardConnectionFailure.LinkLost => ServiceUnreachable,
        _ => CardUnreadable,
    };

    private static Refused No(string code, string title, string nextStep) => new(null, code, title, nextStep);
}
