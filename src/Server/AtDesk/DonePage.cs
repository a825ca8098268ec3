using Evercard.Lifecycle;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Lifecycle.Roles;
using Evercard.Look;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Evercard.Server.CardTest;
using Evercard.Server.Join;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.AtDesk;

/// <summary>"Smartcard repaired": only once the database says so.</summary>
public abstract class DonePage(DeskAct act, Database database, Desk desk, AgentPageLinks agentPages, LifecycleOptions options, TimeProvider time) : PageModel
{
    public DeskAct Act { get; } = act;

    public PanelView Panel { get; private set; } = new("", "");

    public string Holder { get; private set; } = "";

    /// <summary>The passcode was chosen in this act.</summary>
    public bool HasNewPasscode => Act.Act != Registry.Journal.Act.Renewal;

    /// <summary>Null while it was not tested since.</summary>
    public LastTest? Tested { get; private set; }

    /// <summary>An unlocked card that is due can be renewed at once; null where there is nothing to renew.</summary>
    public string? RenewAddress { get; private set; }

    public RefusalView? Refusal { get; private set; }

    public string Title => Refusal?.Title ?? Act.Done;

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, string reference, CancellationToken cancellation)
    {
        if (await Story(smartcardId, reference, cancellation) is not { } story)
        {
            return new SeeOther(InsertModel.Address);
        }

        Holder = story.Holder.FullName;
        Panel = new PanelView(
            Act.Done,
            $"{Holder}’s smartcard {story.Card.SerialNumber} {(Act.Act == Registry.Journal.Act.Unlock ? "has its new passcode. It works" : "now works")} until {Expiry.InWords(story.WorksUntil, options.TimeZone)}");
        Tested = await LastTest.Of(database, smartcardId, story.Operation.ClosedAt!.Value, cancellation);
        var isDue = Act.Act == Registry.Journal.Act.Unlock && HttpContext.May(RolePermission.AssistedRenewal)
            && await desk.Find(HttpContext.RequiredSignedIn(), smartcardId, cancellation) is { Card.State: ManagedCardState.Due or ManagedCardState.RenewalUnfinished };
        RenewAddress = isDue ? DeskAct.Renewal.Address(smartcardId) : null;
        return Page();
    }

    /// <summary>«Test this smartcard»: the cardholder types the passcode, on the agent's own page.</summary>
    public async Task<IActionResult> OnPostAsync(Guid smartcardId, string reference, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await desk.Find(who, smartcardId, cancellation) is not { } found)
        {
            Refusal = UserDetailsModel.NotHere(HttpContext);
            return Page();
        }

        if (await Story(smartcardId, reference, cancellation) is not { } story)
        {
            return new SeeOther(InsertModel.Address);
        }

        var managed = new ManagedAct(Act.Card, story.Operation.Id.ToString("N"), found.Reader, story.Holder.FullName, story.Card.SerialNumber);
        var page = await agentPages.Open(
            who.Browser.AgentId, AgentPage.CardTest, found.Reader, Act.DoneAddress(smartcardId, reference), takeOver: false, cancellation, managed: managed);
        if (page is AgentPageLink.Ready ready)
        {
            return new SeeOther(ready.Address);
        }

        Refusal = ((AgentPageLink.Refused)page).Refusal.ToView(new RefusalAction("Manage Smartcard", InsertModel.Address));
        return Page();
    }

    /// <returns>Null where this log-in has finished no such act.</returns>
    private async Task<DeskStory?> Story(Guid smartcardId, string reference, CancellationToken cancellation) =>
        await DeskStory.Of(database, Act.Act, smartcardId, HttpContext.RequiredSignedIn().Session.Id, options, time.GetUtcNow(), cancellation)
            is { Operation.State: OperationState.Completed } story && story.Reference == reference ? story : null;
}
