using Evercard.Lifecycle;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Look;
using Evercard.Registry.Smartcards;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Cancellation;

/// <summary>"Smartcard cancelled": only once the database says so, and while the card lies in the reader.</summary>
[Authorize(Permission.Cancel)]
public sealed class CancelledModel(Desk desk, CardholderShown shown, LifecycleOptions options) : PageModel
{
    public const string Message = "Smartcard cancelled";

    public CardAtDesk At { get; private set; } = null!;

    public RefusalView? Refusal { get; private set; }

    public PanelView Panel { get; private set; } = new("", "");

    /// <summary>The cardholder is left without a card.</summary>
    public bool NeedsCard => At.Card.Newer is null;

    public static string AddressOf(Guid smartcardId) => $"{CancelModel.AddressOf(smartcardId)}/done";

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await desk.Find(who, smartcardId, cancellation) is not { } found)
        {
            Refusal = UserDetailsModel.NotHere(HttpContext);
            return Page();
        }

        if (found.Card.State != ManagedCardState.Cancelled)
        {
            return new SeeOther(CancelModel.AddressOf(smartcardId));
        }

        At = found;
        await shown.Record(who.Session, who.Role, found.Card, found.Reader, cancellation);
        var card = found.Card.Card;
        Panel = new PanelView(
            Message, $"{found.Card.Holder.FullName}’s smartcard {card.SerialNumber} was cancelled on {Expiry.InWords(card.CancelledAt ?? default, options.TimeZone)} because {card.CancelledBecause}");
        return Page();
    }
}
