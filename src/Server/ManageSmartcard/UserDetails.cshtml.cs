using Evercard.Lifecycle;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Lifecycle.Notifications;
using Evercard.Lifecycle.Roles;
using Evercard.Look;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.ManageSmartcard;

/// <summary>"User details": whose card lies in the second reader, with the photograph, and «Smartcard Details». For reading.</summary>
[Authorize(Permission.ManageSmartcard)]
public sealed class UserDetailsModel(
    Desk desk, OfferedServices services, CardholderShown shown, CardholderAlarms alarms, LifecycleOptions options, TimeProvider time, PageFrame frame) : PageModel
{
    private const int LookAgainSeconds = 5;

    public CardAtDesk At { get; private set; } = null!;

    public ManagedCard Card => At.Card;

    public RefusalView? Refusal { get; private set; }

    /// <summary>What the card is like and what it needs, in a line.</summary>
    public string Sentence { get; private set; } = "";

    /// <summary>What the cardholder said of acts on this card, each a sentence.</summary>
    public IReadOnlyList<string> Alarms { get; private set; } = [];

    public string Status => Card.Holder.Status == PersonStatus.Closed ? $"Closed on {Expiry.InWords(Card.Holder.ClosedAt ?? default, options.TimeZone)}" : "Active";

    public string Contact => (Card.Holder.Email, Card.Holder.Mobile) switch
    {
        (not null, not null) => "Yes: email address and mobile number",
        (not null, null) => "Yes: email address",
        (null, not null) => "Yes: mobile number",
        _ => "No",
    };

    /// <summary>Where the role reads histories, and this person's organisation is one of its own.</summary>
    public bool HasHistory => HttpContext.May(RolePermission.History) && RoleScope.Covers(HttpContext.RequiredSignedIn().Organisation, Card.Organisation);

    /// <summary>"Renewed on 3 March 2026 at WARD4-PC2".</summary>
    public string LastAct => Card.LastDone is not { ClosedAt: { } at } done ? "None on record" : $"{Done(done.Act)} on {Expiry.InWords(at, options.TimeZone)} at {done.ComputerName}";

    public static string AddressOf(Guid smartcardId) => $"/manage/{smartcardId}";

    /// <summary>"Expired 10 November 2026 (12 days ago)".</summary>
    public string Expires(DateTimeOffset end) => $"{(end < time.GetUtcNow() ? "Expired" : "Expires")} {Words.DateAndDays(end, time.GetUtcNow(), options.TimeZone)}";

    /// <summary>Why another card of the same person is not selectable.</summary>
    public string WhyNot(Smartcard other) => other.Status switch
    {
        SmartcardStatus.Cancelled => $"Cancelled on {Expiry.InWords(other.CancelledAt ?? default, options.TimeZone)} because {other.CancelledBecause ?? "it was replaced"}.",
        SmartcardStatus.Issuing => "It was never finished.",
        _ => "It is not in a reader. Put it in to manage it.",
    };

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await desk.Find(who, smartcardId, cancellation) is not { } found)
        {
            Refusal = NotHere(HttpContext);
            return Page();
        }

        At = found;

        // Before anything is shown.
        await shown.Record(who.Session, who.Role, found.Card, found.Reader, cancellation);
        Alarms = await alarms.OfCard(smartcardId, cancellation);
        Sentence = CardSentence.Of(found.Card, await services.Of(who, found.Card, cancellation), time.GetUtcNow(), options);
        frame.RefreshSeconds = LookAgainSeconds;
        frame.LiveAddress = $"{AddressOf(smartcardId)}/events?seen={ManageEvents.Version(found)}";
        return Page();
    }

    private static string Done(Act act) => act switch
    {
        Act.Renewal => "Renewed",
        Act.Repair => "Repaired",
        Act.Unlock => "Unlocked",
        _ => "Issued",
    };

    /// <summary>The same for a card that does not exist and for one that is elsewhere: nothing is learnt from it.</summary>
    internal static RefusalView NotHere(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Lifecycle.Refusals.CardNotHere().ToView(new RefusalAction("Manage Smartcard", InsertModel.Address), new RefusalAction("Back to the dashboard", "/"));
    }
}
