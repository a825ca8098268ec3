using Evercard.Agent.Pages.Forms;
using Evercard.Agent.Pages.Opened;
using Evercard.Look;
using Evercard.Protocol;
using Microsoft.AspNetCore.Mvc;

namespace Evercard.Agent.Pages.AtDesk;

/// <summary>"Set your passcode": the cardholder types, the operator looks away. It stays here; the repair or the unlock begins with it.</summary>
public sealed class NewPasscodeModel(AgentDesk desk, PageFrame frame) : OwnPage(desk, frame)
{
    private OpenedPage? Found => Desk.Pages.Find(RouteData.Values["id"] as string, OpenedKind.NewPasscode);

    /// <summary>In place of the question.</summary>
    public Refused? Refusal { get; private set; }

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
            : Card is null || Desk.OperatorBeside(opened) is null ? AgentRefusals.CardRemoved
            : null;
        if (said is not null && Refusal is null)
        {
            Err(State.SaidField, $"{said.Title} {said.NextStep}");
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
        if (opened.State.Stage != PageStage.Asking || Desk.CardOf(opened) is not { } card || form.Number("card") != card.Insertion)
        {
            return;
        }

        switch (form.Text("do"))
        {
            case "again":
                Desk.Update(opened, state => state.SayingNothing());
                break;
            case "set" when Desk.OperatorBeside(opened) is { } session:
                if (FindFault(form) is var (field, fault))
                {
                    Desk.Update(opened, state => state.Saying(fault, card.Insertion, field));
                }
                else if (form.TryHold("new", Desk.Time, out var chosen))
                {
                    await ChosenHere.Begin(Desk, opened, session.LoggedIn.SessionId, chosen, card);
                }

                break;
        }
    }

    private (string Field, Refused Fault)? FindFault(PostedForm form) =>
        !IsPasscode(form) ? ("new", AgentRefusals.PasscodeFormat)
        : !form.AreSame("new", "again") ? ("again", AgentRefusals.PasscodeDifferent)
        : form.IsEasy("new") ? ("new", AgentRefusals.PasscodeEasy)
        : null;

    private bool IsPasscode(PostedForm form)
    {
        var isOne = form.TryHold("new", Desk.Time, out var held);
        held?.Dispose();
        return isOne;
    }
}
