using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Look;
using Evercard.Protocol;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.AtDesk;

/// <summary>"Is this the cardholder?": photograph, photo ID, or not sure. Then the operator's own card confirms the act.</summary>
public abstract class IdentityPage(DeskAct act, Desk desk, DeskOpening opening, AgentPageLinks agentPages) : PageModel
{
    /// <summary>As forms name them, and as people do.</summary>
    public static readonly IReadOnlyList<(IdentityEvidence Evidence, string Words)> PhotoIds =
    [
        (IdentityEvidence.Passport, "Passport"),
        (IdentityEvidence.DrivingLicence, "Driving licence"),
        (IdentityEvidence.NationalIdentityCard, "National identity card"),
        (IdentityEvidence.OtherPhotoId, "Other photo ID that your policy accepts"),
    ];

    public DeskAct Act { get; } = act;

    public ManagedCard Card { get; private set; } = null!;

    public RefusalView? Refusal { get; private set; }

    public string Title => Refusal?.Title ?? "Is this the cardholder?";

    public bool HasPhotograph => Card.Holder.Photograph is not null;

    /// <summary>What was chosen.</summary>
    public string? Known { get; private set; }

    /// <summary>Why a card is repaired that needs none.</summary>
    public string? Reason { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, string? reason, CancellationToken cancellation)
    {
        Reason = reason;
        await Look(smartcardId, cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid smartcardId, string? known, string? reason, CancellationToken cancellation)
    {
        (Known, Reason) = (known, reason);
        if (await Look(smartcardId, cancellation) is not { } found)
        {
            return Page();
        }

        if (!Enum.TryParse<IdentityEvidence>(known, out var evidence) || !Enum.IsDefined(evidence))
        {
            ModelState.AddModelError("known", "Choose how you know who this is.");
            return Page();
        }

        var who = HttpContext.RequiredSignedIn();
        var opened = await opening.Open(
            new DeskRequest(Act.Act, smartcardId, who.Session.Id, who.Browser.AgentId, IsHere: true, evidence, reason), cancellation);
        if (opened is DeskOpened.Refused no)
        {
            Refusal = no.Refusal.ToView(new RefusalAction("Manage Smartcard", InsertModel.Address));
            return Page();
        }

        var managed = new ManagedAct(Act.Card, ((DeskOpened.At)opened).OperationId.ToString("N"), found.Reader, Card.Holder.FullName, Card.Card.SerialNumber);
        var page = await agentPages.Open(
            who.Browser.AgentId, AgentPage.Confirmation, agentPages.ReaderOf(who), Act.HandOverAddress(smartcardId), takeOver: false, cancellation, managed: managed);
        if (page is AgentPageLink.Ready ready)
        {
            return new SeeOther(ready.Address);
        }

        Refusal = ((AgentPageLink.Refused)page).Refusal.ToView(new RefusalAction("Manage Smartcard", InsertModel.Address));
        return Page();
    }

    private async Task<CardAtDesk?> Look(Guid smartcardId, CancellationToken cancellation)
    {
        if (await desk.Find(HttpContext.RequiredSignedIn(), smartcardId, cancellation) is not { } found)
        {
            Refusal = UserDetailsModel.NotHere(HttpContext);
            return null;
        }

        Card = found.Card;
        return found;
    }
}
