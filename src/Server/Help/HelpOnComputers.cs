namespace Evercard.Server.Help;

/// <summary>What may be wrong with the computer, the reader, or the way to the service.</summary>
internal static class HelpOnComputers
{
    public static readonly RefusalHelp[] Pages =
    [
        new("AGENT-MISSING", "Identity Agent is not running on this computer",
            "Identity Agent is the program that talks to your smartcard. Without it no page can see the card.",
            ["Look for its icon in the task bar. Icons can hide behind the small arrow.", "Start it: Start menu, Identity Agent. The page notices and goes on by itself.", "If it is not there, ask your IT support, or use another computer."], HelpFrom.ComputerSupport),
        new("AGENT-OLD", "Identity Agent on this computer is too old",
            "You can log in with it, but not renew. Nothing on your card has changed.",
            ["Use another computer today.", "Ask your IT support for the version that the message names."], HelpFrom.ComputerSupport),
        new("AGENT-OTHER", "The Identity Agent that answered is another user's",
            "Several people share this computer, and each has an Identity Agent of their own.",
            ["Begin at your own task bar: open Identity Agent from its icon.", "If others are still signed in to this computer, ask them to sign out."], HelpFrom.ComputerSupport),
        new("AGENT-NO-PAGES", "Identity Agent shows no pages on this computer",
            "It runs, but was set up without its windows, so it cannot ask you for a passcode.",
            ["Use another computer.", "Ask your IT support."], HelpFrom.ComputerSupport),
        new("AGENT-PAGE", "This page of Identity Agent was not opened in the usual way",
            "It was too old, used already, or opened from somewhere else. Nothing was done.",
            ["Open Identity Agent from its own icon, or start again at the service."], HelpFrom.ServiceDesk),
        new("AGENT-NOT-APPROVED", "This computer is not approved for issuing smartcards",
            "New smartcards are made only at computers that the registration authority has approved. A card that is on the books already is refused too.",
            ["Ask the registration authority to approve this computer."], HelpFrom.RegistrationAuthority),
        new("AGENT-QUARANTINED", "This computer told us something about a card that is not true",
            "Until somebody has looked at it, nothing is done with smartcards here. Your card is safe.",
            ["Finish at another computer.", "Tell your IT support and the service desk."], HelpFrom.ServiceDesk),
        new("READER-NONE", "We cannot see a reader",
            "No smartcard reader answers on this computer.",
            ["Plug it in, or pull it out and plug it in again at another socket.", "The page goes on by itself."], HelpFrom.ComputerSupport),
        new("READER-UNPLUGGED", "The reader was unplugged",
            "Your card is safe, wherever it stopped.",
            ["Plug the reader in and put the card back.", "Enter your passcode when you are asked."], HelpFrom.ComputerSupport),
        new("CLOCK-WRONG", "This computer's clock is wrong",
            "Its time differs too much from the right one to be trusted with certificates. Your card is fine, and you can log in.",
            ["Use another computer today.", "Ask your IT support to set the clock."], HelpFrom.ComputerSupport),
        new("SERVICE-UNREACHABLE", "This computer cannot reach the service",
            "The network, or something in it, stands between Identity Agent and us. Your card is safe.",
            ["Check the network: does another page open?", "Open Check this computer to see where it stops.", "You can finish on any other computer."], HelpFrom.ComputerSupport),
        new("SERVICE-FAILED", "Something went wrong in the service",
            "The fault is with us. Your card is safe.",
            ["Try again.", "If it happens again, ring the service desk and tell them the reference."], HelpFrom.ServiceDesk),
    ];
}
