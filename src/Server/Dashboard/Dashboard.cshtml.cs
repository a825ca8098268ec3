using Evercard.Lifecycle;
using Evercard.Lifecycle.Renewal;
using Evercard.Lifecycle.Roles;
using Evercard.Server.Attention;
using Evercard.Server.Browsers;
using Evercard.Server.Roles;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Dashboard;

/// <summary>The first page after a log-in: who, as what, with which card, and what can be done.</summary>
[Authorize(Permission.OwnCard)]
public sealed class DashboardModel(HeldRoles held, MissingPermission missing, RenewalOutlooks outlooks, WorkCounts counts, AttentionScope attention, LifecycleOptions options, TimeProvider time)
    : PageModel
{
    public SignedIn Who => HttpContext.RequiredSignedIn();

    public string Expires { get; private set; } = "";

    public bool CanRenew { get; private set; }

    public bool Unfinished { get; private set; }

    public string RenewalText { get; private set; } = "";

    public bool HasRoles { get; private set; }

    public bool CanSwitch { get; private set; }

    public bool CanManage { get; private set; }

    /// <summary>What waits at the organisation of the role; null for those who manage no smartcards.</summary>
    public WorkToday? Today { get; private set; }

    /// <summary>How many smartcards need attention, in words; null for those who do not see the list.</summary>
    public string? Attention { get; private set; }

    public bool CanApprove => HttpContext.May(RolePermission.ApproveComputers);

    /// <summary>Why Manage Smartcard is not there; null where it is.</summary>
    public RoleAdvice? WhyNotManage { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var roles = await held.Of(Who.Person.Uuid, cancellation);
        (HasRoles, CanSwitch) = (roles.Count > 0, roles.Count > 1);
        CanManage = HttpContext.May(RolePermission.ManageSmartcard);
        Today = CanManage ? await counts.Of(Who.Organisation.Code, cancellation) : null;
        Attention = HttpContext.May(RolePermission.Attention) ? AttentionModel.Count(await attention.Count(Who, cancellation)) : null;
        WhyNotManage = CanManage ? null : await missing.For(Who, RolePermission.ManageSmartcard, cancellation);
        Expires = Who.NotAfter is { } end ? Words.DateAndDays(end, time.GetUtcNow(), options.TimeZone) : "It has no certificates";
        var outlook = await outlooks.For(Who.Session.Id, cancellation);
        Unfinished = outlook.Unfinished is not null;
        CanRenew = Unfinished || outlook.Refusal is null;
        RenewalText = Unfinished ? $"It stopped on {outlook.Unfinished!.ComputerName} at {Expiry.TimeInWords(outlook.Unfinished.TouchedAt, options.TimeZone)}. Your card is safe."
            : outlook.Refusal?.Detail ?? $"Two new certificates, in about 20 seconds. Your smartcard expires on {Expires}.";
    }
}
