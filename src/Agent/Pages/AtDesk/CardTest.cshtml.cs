using Evercard.Agent.Pages.Forms;
using Evercard.Agent.Pages.Opened;
using Evercard.Agent.Sessions;
using Evercard.Look;
using Evercard.Protocol;
using Microsoft.AspNetCore.Mvc;

namespace Evercard.Agent.Pages.AtDesk;

/// <summary>The cardholder types the passcode, and both keys of the card sign.</summary>
public sealed class CardTestModel(AgentDesk desk, PageFrame frame) : OwnPage(desk, frame)
{
    private OpenedPage? Found => Desk.Pages.Find(RouteData.Values["id"] as string, OpenedKind.CardTest);

    /// <summary>In place of the question.</summary>
    public Refused? Refusal { get; private set; }

    public bool IsLastTry { get; private set; }

    public string Back => Desk.ReturnAddress(Opened)!;

    /// <summary>How the cardholder is spoken to.</summary>
    public string FirstName => State.Managed!.HolderName.Split(' ')[0];

    public IActionResult OnGet()
    {
        if (Found is not { } opened)
        {
            return NotFound();
        }

        Take(opened);
        var said = State.Stage == PageStage.Asking && (Card is null || State.SaidOf == Card.Insertion) ? State.Said : null;
        Refusal = said is not null && !RefusedWords.IsAboutPasscode(said) ? said
            : Card is null || OperatorOf(opened) is null ? AgentRefusals.CardRemoved
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
            case "test" when OperatorOf(opened) is { } session:
                if (!form.TryHold("passcode", Desk.Time, out var passcode))
                {
                    Desk.Update(opened, state => state.Saying(AgentRefusals.PasscodeFormat, card.Insertion));
                    return;
                }

                var outcome = await Desk.Agent.Test(session.LoggedIn.SessionId, card.Reader, passcode, CancellationToken.None, card.Insertion);
                Desk.Update(opened, state => outcome is AgentOutcome<CardTested>.Refused refused
                    ? state.Saying(refused.Message, card.Insertion)
                    : state.SayingNothing() with { Stage = PageStage.Done });
                break;
        }
    }

    private AgentSession? OperatorOf(OpenedPage opened) => Desk.Agent.Sessions.LastOrDefault(one => one.Reader != opened.State.Reader && one.SuspendedAt is null);
}
