using Evercard.Agent.Pages.Forms;
using Evercard.Agent.Pages.Opened;
using Evercard.Look;
using Evercard.Protocol;
using Microsoft.AspNetCore.Mvc;

namespace Evercard.Agent.Pages.Renewal;

/// <summary>S2: the passcode for a renewal that a joined browser asked for: the cardholder's own, or that of somebody who helps.</summary>
public sealed class RenewalModel(AgentDesk desk, PageFrame frame) : OwnPage(desk, frame)
{
    private OpenedPage? Found => Desk.Pages.Find(RouteData.Values["id"] as string, OpenedKind.Renewal);

    public bool IsForgotten { get; private set; }

    /// <summary>In place of the question.</summary>
    public Refused? Refusal { get; private set; }

    public bool IsLastTry { get; private set; }

    public string Serial => Session?.LoggedIn.SmartcardSerial ?? Card?.Greeting?.SmartcardSerial ?? "";

    public string Back => Desk.ReturnAddress(Opened)!;

    /// <summary>How the cardholder is spoken to whom somebody helps; null where nobody does.</summary>
    public string? FirstName => State.Managed?.HolderName.Split(' ')[0];

    /// <summary>Where whoever gives it up goes.</summary>
    public string Elsewhere => Desk.ServiceOrigin + (State.Managed is null ? "/renew" : "/manage");

    public IActionResult OnGet(string? view)
    {
        if (Found is not { } opened || view is not (null or "forgotten"))
        {
            return NotFound();
        }

        Take(opened);
        IsForgotten = view is not null;
        var said = State.Stage == PageStage.Asking && (Card is null || State.SaidOf == Card.Insertion) ? State.Said : null;
        Refusal = !RefusedWords.IsAboutPasscode(said) && said is not null ? said
            : Card is null ? (Desk.Agent.HasReader ? AgentRefusals.CardRemoved : AgentRefusals.ReaderNone)
            : State.Managed is not null && Desk.OperatorBeside(opened) is null ? AgentRefusals.CardRemoved
            : Card.TriesLeft == 0 ? Card.Refused ?? RefusedWords.Locked
            : null;
        IsLastTry = Card?.TriesLeft == 1 && State.LastTryOf != Card.Insertion;
        if (said is not null && Refusal is null && !IsForgotten && !IsLastTry)
        {
            Err("passcode", said.Title);
        }

        if (Refusal is not null || State.Stage == PageStage.Running)
        {
            Wait();
        }

        return Page();
    }

    public Task<IActionResult> OnPost() => Post(Found, Act, opened => opened.State.Stage == PageStage.Asking ? opened.Path : Desk.ReturnAddress(opened)!);

    private async Task Act(OpenedPage opened, PostedForm form)
    {
        if (opened.State.Stage != PageStage.Asking)
        {
            return;
        }

        switch (form.Text("do"))
        {
            case "last-try":
                Desk.Update(opened, state => state.SayingNothing() with { LastTryOf = form.Number("card") });
                break;
            case "again":
                Desk.Update(opened, state => state.SayingNothing());
                break;
            case "confirm" when Desk.CardOf(opened) is { } card && form.Number("card") == card.Insertion:
                if (form.TryHold("passcode", Desk.Time, out var passcode))
                {
                    await RenewalHere.Begin(Desk, opened, passcode, card);
                }
                else
                {
                    Desk.Update(opened, state => state.Saying(AgentRefusals.PasscodeFormat, card.Insertion));
                }

                break;
        }
    }
}
