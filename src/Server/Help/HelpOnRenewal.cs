namespace Evercard.Server.Help;

/// <summary>Why a smartcard is not renewed, or not yet.</summary>
internal static class HelpOnRenewal
{
    public static readonly RefusalHelp[] Pages =
    [
        new("RENEW-EARLY", "It is too early to renew this smartcard",
            "A smartcard can be renewed in the last 90 days before it expires. Yours has longer than that. The message tells the first day, and the day until which your smartcard works.",
            ["Nothing to do now.", "When the day has come, we ask you each time you log in."], HelpFrom.Yourself),
        new("RENEW-EXPIRED", "An expired smartcard cannot renew itself",
            "Renewing is proven with the certificates on the card, and they have expired. A person has to see you and your card once: that is called Repair.",
            ["Take the smartcard and photo ID to an ID Checker. It cannot be done remotely.", "You choose your passcode there. It may be the same as before."], HelpFrom.IdChecker),
        new("RENEWAL-OPEN", "A renewal of this smartcard is under way at another computer",
            "The same card is being renewed on the computer that the message names, or it was a moment ago. Only one computer at a time works on a card.",
            ["Finish it there if you can.", "If you have moved on, put the card in here and choose Take over here. Your card is safe either way."], HelpFrom.ServiceDesk),
        new("RENEWAL-TOO-LATE", "This renewal was started too long ago to be finished",
            "It was started before the card expired, and then left. For 14 days after that it can still be finished; those days are over.",
            ["Take the smartcard and photo ID to an ID Checker, who repairs it. It cannot be done remotely."], HelpFrom.IdChecker),
        new("RENEWAL-UNFINISHED", "A renewal of this smartcard is not finished",
            "It stopped on the way, for example because the card was taken out. Your card is safe.",
            ["Put the smartcard into a reader, at this or any other computer.", "Enter your passcode when you are asked to finish your renewal. It takes about 20 seconds."], HelpFrom.ServiceDesk),
        new("RENEWED-ELSEWHERE", "This smartcard has been renewed already",
            "Somebody, most likely you, finished it at the time and on the computer that the message names.",
            ["Nothing to do. The message tells until when your smartcard works.", "Was it not you? Then ring the service desk now."], HelpFrom.ServiceDesk),
        new("REPAIR-NEEDED", "The keys on this smartcard do not answer as they should",
            "Neither the log-in key nor the signature key proves that this is the card that we know, so it cannot renew itself.",
            ["Take the smartcard and photo ID to an ID Checker, who repairs it. It cannot be done remotely."], HelpFrom.IdChecker),
        new("REPAIR-UNFINISHED", "A repair of this smartcard is not finished",
            "An ID Checker began to repair the card, and it stopped on the way. It cannot be renewed before that is finished.",
            ["Take the smartcard to an ID Checker. Any of them can finish it."], HelpFrom.IdChecker),
        new("CARD-ENDS", "The smartcard itself comes to its end",
            "Certificates cannot live longer than the card that carries them. Renewing them would gain nothing.",
            ["Ask your registration authority for a new smartcard, in good time.", "Until the day in the message, the card works as before."], HelpFrom.RegistrationAuthority),
        new("CA-DOWN", "We cannot make certificates just now",
            "The fault is with us. If your renewal had not begun, nothing on your card has changed. If it had, your card is safe and the renewal waits for you.",
            ["Try again later. You can finish on any computer.", "Until the day it expires, you can log in as before."], HelpFrom.ServiceDesk),
    ];
}
