using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.ManageSmartcard;

namespace Evercard.Server.AtDesk;

/// <summary>An act on another person's card, as its pages are found and as they speak of it.</summary>
/// <param name="Act">In the journal.</param>
/// <param name="Card">As agents know it.</param>
/// <param name="Service">As it is chosen.</param>
public sealed record DeskAct(Act Act, CardAct Card, ServiceAct Service)
{
    public static readonly DeskAct Repair = new(Act.Repair, CardAct.Repair, ServiceAct.Repair)
    {
        Name = "repair",
        AboutTo = "repair",
        Doing = "Repairing the smartcard",
        Done = "Smartcard repaired",
        AfterStop = "The card is safe, but it needs this repair before it can log in. Any ID Checker can finish it, on any approved computer, in an hour or later.",
        HandOver = "who now sets the passcode",
        Hint = "The passcode may be the same as before. Both smartcards stay in the readers.",
    };

    public static readonly DeskAct Unlock = new(Act.Unlock, CardAct.Unlock, ServiceAct.Unlock)
    {
        Name = "unlock",
        AboutTo = "set another passcode on",
        Doing = "Setting the passcode",
        Done = "Smartcard unlocked",
        AfterStop = "No certificate has changed. If the new passcode does not work, begin anew in an hour, best at another computer.",
        HandOver = "who now sets the passcode",
        Hint = "The passcode may be the same as before. Both smartcards stay in the readers.",
    };

    public static readonly DeskAct Renewal = new(Act.Renewal, CardAct.Renewal, ServiceAct.Renew)
    {
        Name = "renewal",
        AboutTo = "renew",
        Doing = "Renewing the smartcard",
        Done = "Success: certificate renewed for smartcard",
        AfterStop = "The card is safe. Its holder can finish the renewal alone, on any computer, with the passcode.",
        HandOver = "who types the passcode of the smartcard in",
        Hint = "Both smartcards stay in the readers. If the passcode is forgotten, go back and choose Change passcode.",
    };

    /// <summary>In "The repair was interrupted".</summary>
    public required string Name { get; init; }

    /// <summary>In "You are about to repair smartcard …".</summary>
    public required string AboutTo { get; init; }

    /// <summary>Title while it goes on.</summary>
    public required string Doing { get; init; }

    /// <summary>Title of its success.</summary>
    public required string Done { get; init; }

    /// <summary>What becomes of the card once it has failed twice.</summary>
    public required string AfterStop { get; init; }

    /// <summary>In "Turn the keyboard to Rosa, …".</summary>
    public required string HandOver { get; init; }

    /// <summary>Under it.</summary>
    public required string Hint { get; init; }

    public string Address(Guid smartcardId) => $"{UserDetailsModel.AddressOf(smartcardId)}/{SelectServiceModel.NameOf(Service)}";

    /// <summary>A renewal begins there.</summary>
    public string HandOverAddress(Guid smartcardId) => Act == Act.Renewal ? Address(smartcardId) : $"{Address(smartcardId)}/hand-over";

    public string ProgressAddress(Guid smartcardId) => $"{Address(smartcardId)}/progress";

    public string DoneAddress(Guid smartcardId, string reference) => $"{Address(smartcardId)}/done/{reference}";
}
