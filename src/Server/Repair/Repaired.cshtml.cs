using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Repair;

/// <summary>"Smartcard repaired": only once the database says so.</summary>
[Authorize(Permission.Repair)]
public sealed class RepairedModel(Database database, LifecycleOptions options, TimeProvider time) : PageModel
{
    public const string Message = "Smartcard repaired";

    public PanelView Panel { get; private set; } = new("", "");

    public string Holder { get; private set; } = "";

    public static string AddressOf(Guid smartcardId, string reference) => $"/manage/{smartcardId}/repair/done/{reference}";

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, string reference, CancellationToken cancellation)
    {
        var story = await RepairStory.Of(database, smartcardId, HttpContext.RequiredSignedIn().Session.Id, time.GetUtcNow(), cancellation);
        if (story is not { Operation.State: OperationState.Completed } || story.Reference != reference)
        {
            return new SeeOther(InsertModel.Address);
        }

        Holder = story.Holder.FullName;
        Panel = new PanelView(Message, $"{Holder}’s smartcard {story.Card.SerialNumber} now works until {Expiry.InWords(story.Operation.NotAfter, options.TimeZone)}");
        return Page();
    }
}
