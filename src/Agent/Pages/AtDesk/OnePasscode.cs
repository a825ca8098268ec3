using Evercard.Agent.CardScripts;
using Evercard.Agent.Pages.Forms;
using Evercard.Agent.Pages.Opened;
using Evercard.Agent.Sessions;
using Evercard.Look;
using Evercard.Protocol;
using Microsoft.AspNetCore.Mvc;

namespace Evercard.Agent.Pages.AtDesk;

/// <summary>A page at a desk with two readers that asks for one passcode and does one thing with it. Then the browser goes on at the service.</summary>
public abstract class OnePasscode(AgentDesk desk, PageFrame frame, OpenedKind kind) : OwnPage(desk, frame)
{
    private OpenedPage? Found => Desk.Pages.Find(RouteData.Values["id"] as string, kind);

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

    /// <returns>The operator's log-in; null while its card is out.</returns>
    protected abstract AgentSession? OperatorOf(OpenedPage opened);

    /// <param name="managed">The act on the cardholder's card.</param>
    /// <param name="sessionId">The operator's log-in.</param>
    /// <param name="card">Whose passcode was typed.</param>
    /// <param name="passcode">Zeroed when this returns.</param>
    /// <returns>Null where it is done.</returns>
    protected abstract Task<Refused?> Do(Protocol.ManagedAct managed, string sessionId, CardInReader card, HeldPasscode passcode);

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
            case "confirm" when OperatorOf(opened) is { } session:
                var refused = form.TryHold("passcode", Desk.Time, out var passcode)
                    ? await Do(opened.State.Managed!, session.LoggedIn.SessionId, card, passcode)
                    : AgentRefusals.PasscodeFormat;
                Desk.Update(opened, state => refused is null ? state.SayingNothing() with { Stage = PageStage.Done } : state.Saying(refused, card.Insertion));
                break;
        }
    }
}
