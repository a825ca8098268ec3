using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Server.Browsers;
using Evercard.Server.Help;
using Evercard.Server.Join;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.ManageSmartcard;

/// <summary>«Insert the smartcard you wish to manage»: the readers as they are, until the card is in.</summary>
[Authorize(Permission.ManageSmartcard)]
public sealed class InsertModel(Desk desk, PageFrame frame) : PageModel
{
    public const string Address = "/manage";
    private const int LookAgainSeconds = 3;

    public DeskView View { get; private set; } = null!;

    public string? HelpHref => View.Refusal is { } refusal ? RefusalHelp.AddressOf(refusal.Code) : null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        View = await desk.Look(who, cancellation);
        if (View.GoOn is { } card && !who.IsSuspended)
        {
            return new SeeOther(UserDetailsModel.AddressOf(card));
        }

        frame.RefreshSeconds = LookAgainSeconds;
        frame.LiveAddress = $"/manage/events?seen={ManageEvents.Version(View, who.IsSuspended)}";
        return Page();
    }
}
