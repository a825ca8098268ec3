using Evercard.Lifecycle.Cancellation;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Look;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Cancellation;

/// <summary>"Permanently cancel this smartcard": the reasons, each with what it does to past signatures. The card lies in the second reader.</summary>
[Authorize(Permission.Cancel)]
public sealed class CancelModel(Desk desk, Lifecycle.Cancellation.Cancellation cancellations, CardholderShown shown, Wakeups wakeups) : PageModel
{
    public const string Heading = "Permanently cancel this smartcard";

    public ManagedCard Card { get; private set; } = null!;

    public RefusalView? Refusal { get; private set; }

    /// <summary>What was chosen.</summary>
    public string? Reason { get; private set; }

    public string Back => SelectServiceModel.AddressOf(Card.Card.Id);

    public static string AddressOf(Guid smartcardId) => $"/manage/{smartcardId}/cancel";

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, CancellationToken cancellation)
    {
        await Look(smartcardId, cancellation);
        return Page();
    }

    /// <summary>All is asked again: nothing on the page gives a right.</summary>
    public async Task<IActionResult> OnPostAsync(Guid smartcardId, string? reason, CancellationToken cancellation)
    {
        Reason = reason;
        if (!await Look(smartcardId, cancellation))
        {
            return Page();
        }

        if (CancellationReasons.All.FirstOrDefault(one => one.Reason.ToString() == reason) is not { } terms)
        {
            ModelState.AddModelError("reason", "Choose why the smartcard is cancelled.");
            return Page();
        }

        var who = HttpContext.RequiredSignedIn();
        if (await cancellations.Cancel(new CancellationRequest(smartcardId, who.Session.Id, who.Browser.AgentId, terms.Reason), cancellation) is { } no)
        {
            Refusal = View(no);
            return Page();
        }

        wakeups.Wake(smartcardId);
        return new SeeOther(CancelledModel.AddressOf(smartcardId));
    }

    private static RefusalView View(Lifecycle.Refusal refusal) => refusal.ToView(new RefusalAction("Manage Smartcard", InsertModel.Address));

    /// <returns>False where the page says why the card cannot be cancelled.</returns>
    private async Task<bool> Look(Guid smartcardId, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await desk.Find(who, smartcardId, cancellation) is not { } found)
        {
            Refusal = UserDetailsModel.NotHere(HttpContext);
            return false;
        }

        Card = found.Card;
        await shown.Record(who.Session, who.Role, found.Card, found.Reader, cancellation);
        Refusal = await cancellations.WhyNot(smartcardId, who.Session.Id, who.Browser.AgentId, cancellation) is { } no ? View(no) : null;
        return Refusal is null;
    }
}
