using Evercard.Lifecycle;
using Evercard.Lifecycle.Renewal;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Dashboard;

/// <summary>The first page after a log-in: who, as what, with which card, and what can be done.</summary>
[Authorize(Permission.OwnCard)]
public sealed class DashboardModel(Database database, RenewalOutlooks outlooks, LifecycleOptions options, TimeProvider time) : PageModel
{
    public SignedIn Who => HttpContext.RequiredSignedIn();

    public string Expires { get; private set; } = "";

    public bool CanRenew { get; private set; }

    public bool Unfinished { get; private set; }

    public string RenewalText { get; private set; } = "";

    public bool HasRoles { get; private set; }

    public bool CanSwitch { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        var roles = await database.Read(r => r.Registry.RoleProfiles.CountAsync(p => p.PersonUuid == Who.Person.Uuid, cancellation), cancellation);
        (HasRoles, CanSwitch) = (roles > 0, roles > 1);
        Expires = Who.NotAfter is { } end ? Words.DateAndDays(end, time.GetUtcNow(), options.TimeZone) : "It has no certificates";
        var outlook = await outlooks.For(Who.Session.Id, cancellation);
        Unfinished = outlook.Unfinished is not null;
        CanRenew = Unfinished || outlook.Refusal is null;
        RenewalText = Unfinished ? $"It stopped on {outlook.Unfinished!.ComputerName} at {Expiry.TimeInWords(outlook.Unfinished.TouchedAt, options.TimeZone)}. Your card is safe."
            : outlook.Refusal?.Detail ?? $"Two new certificates, in about 20 seconds. Your smartcard expires on {Expires}.";
    }
}
