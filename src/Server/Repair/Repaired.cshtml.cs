using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Evercard.Server.CardTest;
using Evercard.Server.Join;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Repair;

/// <summary>"Smartcard repaired": only once the database says so.</summary>
[Authorize(Permission.Repair)]
public sealed class RepairedModel(Database database, Desk desk, AgentPageLinks agentPages, LifecycleOptions options, TimeProvider time) : PageModel
{
    public const string Message = "Smartcard repaired";

    public PanelView Panel { get; private set; } = new("", "");

    public string Holder { get; private set; } = "";

    /// <summary>Null while it was not tested since the repair.</summary>
    public LastTest? Tested { get; private set; }

    public RefusalView? Refusal { get; private set; }

    public static string AddressOf(Guid smartcardId, string reference) => $"/manage/{smartcardId}/repair/done/{reference}";

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, string reference, CancellationToken cancellation)
    {
        var story = await RepairStory.Of(database, smartcardId, HttpContext.RequiredSignedIn().Session.Id, options, time.GetUtcNow(), cancellation);
        if (story is not { Operation.State: OperationState.Completed } || story.Reference != reference)
        {
            return new SeeOther(InsertModel.Address);
        }

        Holder = story.Holder.FullName;
        Panel = new PanelView(Message, $"{Holder}’s smartcard {story.Card.SerialNumber} now works until {Expiry.InWords(story.Operation.NotAfter, options.TimeZone)}");
        Tested = await LastTest.Of(database, smartcardId, story.Operation.ClosedAt!.Value, cancellation);
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

        var story = await RepairStory.Of(database, smartcardId, who.Session.Id, options, time.GetUtcNow(), cancellation);
        if (story is not { Operation.State: OperationState.Completed } || story.Reference != reference)
        {
            return new SeeOther(InsertModel.Address);
        }

        var managed = new ManagedAct(story.Operation.Id.ToString("N"), found.Reader, story.Holder.FullName, story.Card.SerialNumber);
        var page = await agentPages.Open(
            who.Browser.AgentId, AgentPage.CardTest, found.Reader, AddressOf(smartcardId, reference), takeOver: false, cancellation, managed: managed);
        if (page is AgentPageLink.Ready ready)
        {
            return new SeeOther(ready.Address);
        }

        Refusal = ((AgentPageLink.Refused)page).Refusal.ToView(new RefusalAction("Manage Smartcard", InsertModel.Address));
        return Page();
    }
}
