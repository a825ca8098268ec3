using Evercard.Agent.Pages.Forms;
using Evercard.Agent.Pages.Opened;
using Evercard.Look;
using Evercard.Protocol;
using Microsoft.AspNetCore.Mvc;

namespace Evercard.Agent.Pages.Window;

/// <summary>The log-in window, from the passcode to "You are logged in"; also where a role is chosen.</summary>
public sealed class WindowModel(AgentDesk desk, PageFrame frame) : OwnPage(desk, frame)
{
    private OpenedPage? Found => Desk.Pages.Find(RouteData.Values["id"] as string, OpenedKind.Window, OpenedKind.RoleChoice);

    public WindowView View { get; private set; }

    /// <summary>Shown in place of the view, at the person's wish: who can unlock.</summary>
    public bool IsForgotten { get; private set; }

    public Refused? Refusal { get; private set; }

    /// <summary>What the person is doing: title and heading.</summary>
    public string Title => IsForgotten ? AgentRefusals.PasscodeForgotten.Title : View switch
    {
        WindowView.LogIn or WindowView.LookingUp => "Log in",
        WindowView.Finish => "Finish your renewal",
        WindowView.Finishing => "Renewing your smartcard",
        WindowView.Finished => "Success: certificate renewed for smartcard",
        WindowView.LastTry => "You have 1 try left",
        WindowView.Role => "Choose your role",
        WindowView.Notice or WindowView.NoticeDeclined => "Smartcard expiry",
        WindowView.LoggedIn => "You are logged in",
        WindowView.WhichCard => "Whose is yours?",
        WindowView.Gone => State.IsLoggedIn ? "You have been logged out" : "Smartcard removed",
        _ => Refusal?.Title ?? "Insert your smartcard",
    };

    public IActionResult OnGet(string? view)
    {
        if (Found is not { } opened || view is not (null or "forgotten"))
        {
            return NotFound();
        }

        Take(opened);
        IsForgotten = view is not null;
        View = WindowViews.Choose(Facts(opened));
        if (View == WindowView.Return)
        {
            Desk.Pages.Remove(opened);
            return SeeOther(Desk.ReturnAddress(opened)!);
        }

        Prepare();
        return Page();
    }

    public Task<IActionResult> OnPost() => Post(Found, Act, opened =>
    {
        Take(opened);
        if (WindowViews.Choose(Facts(opened)) != WindowView.Return)
        {
            return opened.Path;
        }

        Desk.Pages.Remove(opened);
        return Desk.ReturnAddress(opened)!;
    });

    private async Task Act(OpenedPage opened, PostedForm form)
    {
        var card = Desk.CardOf(opened);
        switch (form.Text("do"))
        {
            case "log-in":
                await TryPasscode(opened, form, card, LogIn);
                break;
            case "finish":
                await TryPasscode(opened, form, card, (page, passcode, at) => RenewalHere.Begin(Desk, page, passcode, at));
                break;
            case "last-try":
                Desk.Update(opened, state => state.SayingNothing() with { LastTryOf = form.Number("card") });
                break;
            case "again":
                Desk.Update(opened, state => state.SayingNothing() with { Stage = PageStage.Asking, Completed = null });
                if (card is { Greeting: null })
                {
                    await Desk.Agent.Greet(card.Reader, CancellationToken.None);
                }

                break;
            case "take-over":
                Desk.Update(opened, state => state.SayingNothing() with { TakeOver = true });
                break;
            case "which":
                var chosen = Desk.Agent.CardsIn.FirstOrDefault(one => one.Reader == form.Text("reader"));
                Desk.Update(opened, state => chosen is null ? state : state with { Reader = chosen.Reader });
                break;
            case "role":
                await ChooseRole(opened, form.Text("role"), card);
                break;
            case "yes":
                Desk.Update(opened, state => state with { Notice = NoticeAnswer.Yes });
                Desk.Opener.OpenBrowser(Desk.RenewalWithLogIn);
                break;
            case "no":
                Desk.Update(opened, state => state with { Notice = NoticeAnswer.No });
                break;
        }
    }

    /// <summary>The form names the insertion: what was typed for one card is not tried on the next.</summary>
    private async Task TryPasscode(OpenedPage opened, PostedForm form, CardInReader? card, Func<OpenedPage, CardScripts.HeldPasscode, CardInReader, Task> act)
    {
        if (card is null || form.Number("card") != card.Insertion)
        {
            return;
        }

        if (!form.TryHold("passcode", Desk.Time, out var passcode))
        {
            Desk.Update(opened, state => state.Saying(AgentRefusals.PasscodeFormat, card.Insertion));
            return;
        }

        await act(opened, passcode, card);
    }

    private async Task LogIn(OpenedPage opened, CardScripts.HeldPasscode passcode, CardInReader card)
    {
        var outcome = await Desk.Agent.LogIn(card.Reader, passcode, CancellationToken.None, card.Insertion);
        Desk.Update(opened, state => outcome is AgentOutcome<LoggedIn>.Refused refused
            ? state.Saying(refused.Message, card.Insertion)
            : state.SayingNothing() with { IsLoggedIn = true });
    }

    private async Task ChooseRole(OpenedPage opened, string? role, CardInReader? card)
    {
        if (card is null || Desk.SessionOf(card) is not { } session)
        {
            return;
        }

        if (session.LoggedIn.Roles.All(one => one.Id != role))
        {
            Desk.Update(opened, state => state.Saying(new Refused(null, "ROLE-NOT-YOURS", "Choose one of your roles.", "Choose one of the roles that are listed."), card.Insertion, "role"));
            return;
        }

        var outcome = await Desk.Agent.ChooseRole(session.LoggedIn.SessionId, role!, CancellationToken.None);
        Desk.Update(opened, state => outcome is AgentOutcome<RoleChosen>.Refused refused
            ? state.Saying(refused.Message, card.Insertion, "role")
            : state.SayingNothing() with { IsRoleChosen = true });
    }

    private WindowFacts Facts(OpenedPage opened) => new(
        State, Card, Session, Desk.Agent.CardsIn.Count, Desk.Agent.HasReader, Desk.Agent.IsConnected, opened.ReturnPath is not null,
        opened.Kind == OpenedKind.RoleChoice);

    private void Prepare()
    {
        var said = State.SaidOf == Card?.Insertion ? State.Said : null;
        Refusal = View switch
        {
            WindowView.Unreachable => AgentRefusals.ServiceUnreachable,
            WindowView.NoReader => AgentRefusals.ReaderNone,
            _ when said is not null => said,
            _ when Card?.Refused is { } refused => refused,
            _ when Card?.Greeting is { } greeting => RefusedWords.OfStanding(greeting, Words) ?? (Card.TriesLeft == 0 ? RefusedWords.Locked : null),
            _ => null,
        };
        if (!IsForgotten && said is not null && View is (WindowView.LogIn or WindowView.Finish or WindowView.Role))
        {
            Err(State.SaidField, said.Title);
        }

        if (View is not (WindowView.LogIn or WindowView.Finish or WindowView.Role))
        {
            Wait();
        }
    }
}
