using Evercard.Lifecycle;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Look;
using Evercard.Registry.People;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Evercard.Server.Roles;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.ManageSmartcard;

/// <summary>"Select smartcard service": what can be done with this card, what cannot, and why.</summary>
[Authorize(Permission.ManageSmartcard)]
public sealed class SelectServiceModel(Desk desk, OfferedServices services, CardholderShown shown, LifecycleOptions options, TimeProvider time, PageFrame frame) : PageModel
{
    private const int LongestReason = 200;

    public ManagedCard Card { get; private set; } = null!;

    public RefusalView? Refusal { get; private set; }

    public string Sentence { get; private set; } = "";

    public IReadOnlyList<ServiceOption> Offered { get; private set; } = [];

    public IReadOnlyList<ServiceOption> NotNow { get; private set; } = [];

    /// <summary>What is, or was, chosen.</summary>
    public ServiceAct? Chosen { get; private set; }

    /// <summary>What was typed beside it.</summary>
    public string? Reason { get; private set; }

    public static string AddressOf(Guid smartcardId) => $"/manage/{smartcardId}/service";

    /// <summary>Back to this page with another role.</summary>
    public string SwitchAddress(RoleProfile role) => MissingPermission.SwitchAddress(role, AddressOf(Card.Card.Id));

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, CancellationToken cancellation)
    {
        if (await Look(smartcardId, cancellation))
        {
            Chosen = Offered.FirstOrDefault(option => option.IsRecommended)?.Act;
        }

        return Page();
    }

    /// <summary>The act's own pages ask all of this again: nothing here gives a right.</summary>
    public async Task<IActionResult> OnPostAsync(Guid smartcardId, string? act, string? reason, CancellationToken cancellation)
    {
        if (!await Look(smartcardId, cancellation))
        {
            return Page();
        }

        if (Offered.FirstOrDefault(option => NameOf(option.Act) == act) is not { } chosen)
        {
            ModelState.AddModelError("act", "Choose what you want to do.");
            return Page();
        }

        (Chosen, Reason) = (chosen.Act, string.Concat((reason ?? "").Where(c => !char.IsControl(c))).Trim());
        if (chosen.NeedsReason && Reason.Length is 0 or > LongestReason)
        {
            ModelState.AddModelError("reason", Reason.Length == 0 ? "Say what is damaged." : $"Say it in {LongestReason} characters.");
            return Page();
        }

        return new SeeOther($"{UserDetailsModel.AddressOf(smartcardId)}/{NameOf(chosen.Act)}{(chosen.NeedsReason ? $"?reason={Uri.EscapeDataString(Reason)}" : "")}");
    }

    /// <summary>As forms and addresses name an act.</summary>
    public static string NameOf(ServiceAct act) => act switch
    {
        ServiceAct.Renew => "renew",
        ServiceAct.Repair => "repair",
        ServiceAct.Unlock => "unlock",
        ServiceAct.Cancel => "cancel",
        _ => "issue",
    };

    /// <returns>False where the page says why there is nothing to choose.</returns>
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
        var all = await services.Of(who, Card, cancellation);
        Sentence = CardSentence.Of(Card, all, time.GetUtcNow(), options);
        (Offered, NotNow) = ([.. all.Where(option => option.IsAvailable)], [.. all.Where(option => !option.IsAvailable)]);
        frame.LiveAddress = $"{UserDetailsModel.AddressOf(smartcardId)}/events?seen={ManageEvents.Version(found)}";
        return true;
    }
}
