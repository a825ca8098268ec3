using System.Text.Json.Serialization;

namespace Evercard.Protocol;

/// <summary>
/// One JSON text frame between server and agent. The property "type" comes first and names the message;
/// unknown types, unknown members and missing members are refused.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Challenge), "challenge")]
[JsonDerivedType(typeof(Welcome), "welcome")]
[JsonDerivedType(typeof(RunScript), "run-script")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(CardGreeting), "card-greeting")]
[JsonDerivedType(typeof(LoggedIn), "logged-in")]
[JsonDerivedType(typeof(Progress), "progress")]
[JsonDerivedType(typeof(ActCompleted), "act-completed")]
[JsonDerivedType(typeof(ActEnded), "act-ended")]
[JsonDerivedType(typeof(RoleChosen), "role-chosen")]
[JsonDerivedType(typeof(TicketClaimed), "ticket-claimed")]
[JsonDerivedType(typeof(OpenPage), "open-page")]
[JsonDerivedType(typeof(SessionEnded), "session-ended")]
[JsonDerivedType(typeof(PasscodeChanged), "passcode-changed")]
[JsonDerivedType(typeof(ChooseRole), "choose-role")]
[JsonDerivedType(typeof(ClaimTicket), "claim-ticket")]
[JsonDerivedType(typeof(PageOpened), "page-opened")]
[JsonDerivedType(typeof(SetNewPasscode), "set-new-passcode")]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(ScriptDone), "script-done")]
[JsonDerivedType(typeof(ScriptRefused), "script-refused")]
[JsonDerivedType(typeof(SeeCard), "see-card")]
[JsonDerivedType(typeof(LogIn), "log-in")]
[JsonDerivedType(typeof(Renew), "renew")]
[JsonDerivedType(typeof(ConfirmAct), "confirm-act")]
[JsonDerivedType(typeof(ActConfirmed), "act-confirmed")]
[JsonDerivedType(typeof(Repair), "repair")]
[JsonDerivedType(typeof(Unlock), "unlock")]
[JsonDerivedType(typeof(TestCard), "test-card")]
[JsonDerivedType(typeof(CardTested), "card-tested")]
[JsonDerivedType(typeof(LogOut), "log-out")]
[JsonDerivedType(typeof(CardGone), "card-gone")]
[JsonDerivedType(typeof(ReadersSeen), "readers-seen")]
public abstract record Message
{
    /// <summary>What is wrong with the values, in words that quote none of them; null where all is well.</summary>
    internal abstract string? FindFault();

    /// <summary>The message's name only: session ids and PUKs stand in some of them.</summary>
    public sealed override string ToString() => GetType().Name;
}
