namespace Evercard.Server.Help;

/// <summary>Who may come in, and why somebody is out again.</summary>
internal static class HelpOnLogIn
{
    public static readonly RefusalHelp[] Pages =
    [
        new("LOGGED-OUT", "You have been logged out",
            "Taking the smartcard out logs you out on this computer, and so does leaving a page alone for 30 minutes. The message tells which it was and when.",
            ["Put your smartcard in and choose Log in again. You return to the page on which you were."], HelpFrom.Yourself),
        new("LINK-EXPIRED", "This page was open for too long",
            "The link between this page and your computer's Identity Agent is good for five minutes, and once. Nothing has changed.",
            ["Choose Start again. It is one click, and there is nothing to retype."], HelpFrom.ServiceDesk),
        new("ROLE-WRONG", "This needs another of your roles",
            "You chose one role when you logged in. What you asked for belongs to another role that you have. Nothing has changed.",
            ["Choose Switch, then Continue. You come back to the same page.", "Who can do what lists what each role is for."], HelpFrom.RegistrationAuthority),
        new("PERMISSION-NONE", "None of your roles can do this",
            "Each role may do certain things. What you asked for belongs to a role that you do not have. Nothing has changed.",
            ["Ask one of the people in the message.", "Is it part of your work? Then your registration authority adds the role."], HelpFrom.RegistrationAuthority),
        new("ROLE-NOT-YOURS", "That is not one of your roles",
            "The role that was asked for is not yours, or it was taken away meanwhile.",
            ["Choose one of the roles that are listed.", "Is one missing? Your registration authority adds roles."], HelpFrom.RegistrationAuthority),
        new("ROLE-NONE", "You have no role",
            "Without a role at any organisation, Spine is closed to you. Your smartcard itself is fine.",
            ["You can renew your smartcard all the same.", "Ask your registration authority for a role."], HelpFrom.RegistrationAuthority),
        new("PROFILE-CLOSED", "Your profile was closed",
            "That happens when somebody leaves. A smartcard of a closed profile does not work again.",
            ["Ask your registration authority. If you are back, a new card is issued to you."], HelpFrom.RegistrationAuthority),
    ];
}
