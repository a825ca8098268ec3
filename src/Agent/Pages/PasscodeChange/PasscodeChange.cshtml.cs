using Evercard.Agent.Pages.Forms;
using Evercard.Agent.Pages.Opened;
using Evercard.Look;
using Evercard.Protocol;
using Microsoft.AspNetCore.Mvc;

namespace Evercard.Agent.Pages.PasscodeChange;

/// <summary>"Change your passcode": the present one, and the new one twice. All three stay here.</summary>
public sealed class PasscodeChangeModel(AgentDesk desk, PageFrame frame) : OwnPage(desk, frame)
{
    private OpenedPage? Found => Desk.Pages.Find(RouteData.Values["id"] as string, OpenedKind.PasscodeChange);

    public bool IsForgotten { get; private set; }

    /// <summary>In place of the question.</summary>
    public Refused? Refusal { get; private set; }

    public bool IsLastTry { get; private set; }

    public string Back => Desk.ReturnAddress(Opened) ?? "/";

    public IActionResult OnGet(string? view)
    {
        if (Found is not { } opened || view is not (null or "forgotten"))
        {
            return NotFound();
        }

        Take(opened);
        IsForgotten = view is not null;
        var said = State.SaidOf == Card?.Insertion ? State.Said : null;
        Refusal = State.Stage == PageStage.Done ? null
            : said is not null && !RefusedWords.IsAboutPasscode(said) ? said
            : Card is null ? (Desk.Agent.HasReader ? AgentRefusals.CardRemoved : AgentRefusals.ReaderNone)
            : Session is null ? Card.Refused ?? AgentRefusals.LoggedOut
            : null;
        IsLastTry = Card?.TriesLeft == 1 && State.LastTryOf != Card.Insertion;
        if (said is not null && Refusal is null && !IsForgotten && !IsLastTry && State.Stage != PageStage.Done)
        {
            Err(State.SaidField, $"{said.Title}{(said.Code == "PASSCODE-WRONG" ? "" : " " + said.NextStep)}");
        }

        if (Refusal is not null)
        {
            Wait();
        }

        return Page();
    }

    /// <summary>The page itself says that it is done, wherever it was asked for: nobody should wonder which passcode counts.</summary>
    public Task<IActionResult> OnPost() => Post(Found, Act, opened => opened.Path);

    private async Task Act(OpenedPage opened, PostedForm form)
    {
        if (Desk.CardOf(opened) is not { } card || form.Number("card") != card.Insertion || opened.State.Stage == PageStage.Done)
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
            case "change" when Desk.SessionOf(card) is { } session:
                await Change(opened, form, card, session.LoggedIn.SessionId);
                break;
        }
    }

    private async Task Change(OpenedPage opened, PostedForm form, CardInReader card, string sessionId)
    {
        if (FindFault(form) is var (field, fault))
        {
            Desk.Update(opened, state => state.Saying(fault, card.Insertion, field));
            return;
        }

        if (!form.TryHold("passcode", Desk.Time, out var present) || !form.TryHold("new", Desk.Time, out var chosen))
        {
            return;
        }

        var outcome = await Desk.Agent.SetNewPasscode(sessionId, card.Reader, present, chosen, CancellationToken.None, card.Insertion);
        Desk.Update(opened, state => outcome is AgentOutcome<PasscodeChanged>.Refused refused
            ? state.Saying(refused.Message, card.Insertion, refused.Message.Code == "PASSCODE-REFUSED" ? "new" : "passcode")
            : state.SayingNothing() with { Stage = PageStage.Done });
    }

    /// <summary>What can be seen here, before the card is asked and a try is used.</summary>
    private (string Field, Refused Fault)? FindFault(PostedForm form) =>
        !IsPasscode(form, "passcode") ? ("passcode", AgentRefusals.PasscodeFormat)
        : !IsPasscode(form, "new") ? ("new", AgentRefusals.PasscodeFormat)
        : !form.AreSame("new", "again") ? ("again", AgentRefusals.PasscodeDifferent)
        : form.IsEasy("new") ? ("new", AgentRefusals.PasscodeEasy)
        : null;

    private bool IsPasscode(PostedForm form, string name)
    {
        var isOne = form.TryHold(name, Desk.Time, out var held);
        held?.Dispose();
        return isOne;
    }
}
