using Evercard.Agent.Pages.Forms;
using Evercard.Agent.Pages.Opened;
using Evercard.Agent.Sessions;
using Evercard.Look;
using Microsoft.AspNetCore.Mvc;

namespace Evercard.Agent.Pages.Status;

/// <summary>W5: who is logged in here, and what can be done. Opened from the tray; no secret in its address.</summary>
public sealed class StatusModel(AgentDesk desk, PageFrame frame) : OwnPage(desk, frame)
{
    public IReadOnlyList<CardInReader> Cards => Desk.Agent.CardsIn;

    public AgentSession? SessionAt(CardInReader card) => Desk.SessionOf(card);

    public void OnGet()
    {
        Take(Desk.Pages.Status);
        Wait();
    }

    public async Task<IActionResult> OnPost()
    {
        string? next = null;
        return await Post(
            Desk.Pages.Status,
            async (_, form) =>
            {
                var card = Cards.FirstOrDefault(one => one.Reader == form.Text("reader"));
                next = card is null ? null : await Act(form, card);
            },
            _ => next ?? "/");
    }

    /// <returns>Where to go on; null: here.</returns>
    private async Task<string?> Act(PostedForm form, CardInReader card)
    {
        var here = new PageState { Reader = card.Reader, Insertion = card.Insertion };
        var session = Desk.SessionOf(card);
        switch (form.Text("do"))
        {
            case "log-in" when session is null:
                return Desk.Pages.Open(OpenedKind.Window, here).Path;
            case "role" when session is not null:
                return Desk.Pages.Open(OpenedKind.RoleChoice, here).Path;
            case "passcode" when session is not null:
                return Desk.Pages.Open(OpenedKind.PasscodeChange, here).Path;
            case "log-out" when session is not null:
                await Desk.Agent.LogOut(session.LoggedIn.SessionId, CancellationToken.None);
                return null;
            default:
                return null;
        }
    }
}
