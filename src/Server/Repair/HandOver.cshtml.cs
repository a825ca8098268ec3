using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Repair;

/// <summary>"Turn the keyboard": the cardholder types next, on the agent's own page.</summary>
[Authorize(Permission.Repair)]
public sealed class HandOverModel(Database database, Desk desk, AgentPageLinks agentPages, LifecycleOptions options, TimeProvider time) : PageModel
{
    public string FirstName { get; private set; } = "";

    public RefusalView? Refusal { get; private set; }

    public static string AddressOf(Guid smartcardId) => $"/manage/{smartcardId}/repair/hand-over";

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, CancellationToken cancellation)
    {
        var story = await Story(smartcardId, cancellation);
        if (story is not { IsConfirmed: true, Operation.State: OperationState.Open or OperationState.Waiting })
        {
            // Not confirmed after all, or over.
            return new SeeOther(story?.Operation.State == OperationState.Completed ? RepairedModel.AddressOf(smartcardId, story.Reference) : IdentityModel.AddressOf(smartcardId));
        }

        FirstName = story.Holder.FullName.Split(' ')[0];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid smartcardId, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await Story(smartcardId, cancellation) is not { IsConfirmed: true } story)
        {
            return new SeeOther(IdentityModel.AddressOf(smartcardId));
        }

        if (await desk.Find(who, smartcardId, cancellation) is not { } found)
        {
            Refusal = UserDetailsModel.NotHere(HttpContext);
            return Page();
        }

        var managed = new ManagedAct(story.Operation.Id.ToString("N"), found.Reader, story.Holder.FullName, story.Card.SerialNumber);
        var page = await agentPages.Open(
            who.Browser.AgentId, AgentPage.NewPasscode, found.Reader, RepairProgressModel.AddressOf(smartcardId), takeOver: false, cancellation, managed: managed);
        if (page is AgentPageLink.Ready ready)
        {
            return new SeeOther(ready.Address);
        }

        Refusal = ((AgentPageLink.Refused)page).Refusal.ToView(new RefusalAction("Manage Smartcard", InsertModel.Address));
        return Page();
    }

    private Task<RepairStory?> Story(Guid smartcardId, CancellationToken cancellation) =>
        RepairStory.Of(database, smartcardId, HttpContext.RequiredSignedIn().Session.Id, options, time.GetUtcNow(), cancellation);
}
