namespace Evercard.Server.Help;

/// <summary>What may be wrong with a passcode, which some know as PIN.</summary>
internal static class HelpOnPasscodes
{
    public static readonly RefusalHelp[] Pages =
    [
        new("PASSCODE-WRONG", "That passcode is not right",
            "The card itself checks the passcode (also called PIN) and counts the tries. The message tells how many are left. A right passcode sets the count back.",
            ["Check that number lock is on, and that it is your card in the reader.", "Try again.", "Not sure? Stop before the last try, and have the card unlocked instead."], HelpFrom.Unlocker),
        new("PASSCODE-LAST", "You have 1 try left",
            "One more wrong passcode locks the smartcard. Locked is not lost: it can be unlocked, but not by yourself.",
            ["If you are sure of your passcode, use the try.", "If not, have the card unlocked now."], HelpFrom.Unlocker),
        new("PASSCODE-FORMAT", "A passcode is 6 to 8 digits",
            "What you typed was shorter, longer, or had something else than digits in it. It was not shown to the card, so no try was used.",
            ["Type it again."], HelpFrom.Yourself),
        new("PASSCODE-DIFFERENT", "The two passcodes are not the same",
            "A new passcode is typed twice, so that a slip of the finger does not shut you out. Nothing has changed.",
            ["Type both again."], HelpFrom.Yourself),
        new("PASSCODE-EASY", "That passcode is too easy to guess",
            "Rows such as 123456 or 111111 are what somebody would try first. Nothing has changed.",
            ["Choose other digits. Do not use a birthday."], HelpFrom.Yourself),
        new("PASSCODE-REFUSED", "The smartcard did not take the new passcode",
            "Some cards have rules of their own. Your passcode has not changed.",
            ["Choose another one."], HelpFrom.ServiceDesk),
        new("PASSCODE-NEEDED", "Your passcode is asked for once more",
            "Your computer holds a passcode for five minutes at most and forgets it when the card comes out. Nothing is lost.",
            ["Type your passcode again: it goes on where it stopped."], HelpFrom.Yourself),
        new("UNLOCK-SELF", "You cannot set the passcode of your own smartcard like this",
            "Setting a passcode without the old one is done for others, by somebody who has seen who they are.",
            ["Do you know the present passcode? Then change it yourself: Change my passcode on the dashboard.", "Otherwise ask another person who unlocks smartcards."], HelpFrom.Unlocker),
        new("PASSCODE-FORGOTTEN", "You have forgotten your passcode",
            "You do not need to guess. The tries that you have left stay unused.",
            ["Ask one of the people who unlock smartcards. You choose a new passcode there."], HelpFrom.Unlocker),
    ];
}
