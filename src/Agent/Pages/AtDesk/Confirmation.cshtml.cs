using Evercard.Agent.Pages.Forms;
using Evercard.Agent.Pages.Opened;
using Evercard.Look;
using Evercard.Protocol;
using Microsoft.AspNetCore.Mvc;

namespace Evercard.Agent.Pages.AtDesk;

/// <summary>The operator confirms one act on the card in the other reader, with the own card and passcode.</summary>
public sealed class ConfirmationModel(AgentDesk desk, PageFrame frame) : OwnPage(desk, frame)
{
    private OpenedPage? Found => Desk.Pages.Find(RouteData.Values["id"] as string, OpenedKind.Confirmation);

    /// <summary>In place of the question.</summary>
    public Refused? Refusal { get; private set; }

    public bool IsLastTry { get; private set; }

    public string Back => Desk.ReturnAddress(Opened)!;

    public IActionResult OnGet()
    {
        if (Found is not { } opened)
        {
            return NotFound();
        }

        Take(opened);
        var said = State.Stage == PageStage.Asking && (Card is null || State.SaidOf == Card.Insertion) ? State.Said : null;
        Refusal = !RefusedWords.IsAboutPasscode(said) && said is not null ? said
            : Card is null || Session is null ? AgentRefusals.CardRemoved
            : null;
        IsLastTry = Card?.TriesLeft == 1 && State.LastTryOf != Card.Insertion;
        if (said is not null && Refusal is null && !IsLastTry)
        {
            Err("passcode", said.Title);
        }

        if (Refusal is not null)
        {
            Wait();
        }

        return Page();
    }

    /// <summary>Once it is confirmed, the browser goes on at the service.</summary>
    public Task<IActionResult> OnPost() => Post(Found, Act, opened => opened.State.Stage == PageStage.Done ? Desk.ReturnAddress(opened)! : opened.Path);

    private async Task Act(OpenedPage opened, PostedForm form)
    {
        if (opened.State.Stage == PageStage.Done || Desk.CardOf(opened) is not { } card || form.Number("card") != card.Insertion)
        {
            return;
        }

        switch (form.Text("do"))
        {
            case "last-try":
                Desk.Update(opened, state => state.SayingNothing() with { LastTryOf = card.Insertion });
                break;
            case "again":
                Desk.Update(opened, state => state.SayingNothing());
                break;
            case "confirm" when Desk.SessionOf(card) is { } session:
                if (!form.TryHold("passcode", Desk.Time, out var passcode))
                {
                    Desk.Update(opened, state => state.Saying(AgentRefusals.PasscodeFormat, card.Insertion));
                    return;
                }

                var outcome = await Desk.Agent.Confirm(session.LoggedIn.SessionId, opened.State.Managed!.OperationId, passcode, CancellationToken.None);
                Desk.Update(opened, state => outcome is AgentOutcome<ActConfirmed>.Refused refused
                    ? state.Saying(refused.Message, card.Insertion)
                    : state.SayingNothing() with { Stage = PageStage.Done });
                break;
        }
    }
}
