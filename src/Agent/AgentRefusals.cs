using Evercard.Cards;
using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>What the agent refuses by itself, in the words of the catalogue.</summary>
public static class AgentRefusals
{
    public static Refused PasscodeFormat { get; } = No("PASSCODE-FORMAT", "A passcode is 6 to 8 digits.", "Type it again. No try was used.");

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
