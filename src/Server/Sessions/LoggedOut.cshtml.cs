using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Sessions;

/// <summary>«You have been logged out», with the cause that holds here, and the way back to the same step.</summary>
[AllowAnonymous]
public sealed class LoggedOutModel(Database database, LifecycleOptions options, TimeProvider time) : PageModel
{
    public string? Why { get; private set; }

    public bool RenewalIsOpen { get; private set; }

    public string LogInAgain { get; private set; } = "/log-in";

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "return")] string? wanted, CancellationToken cancellation)
    {
        var path = ReturnPath.Checked(wanted);
        if (HttpContext.SignedIn() is { IsLive: true })
        {
            return Redirect(path);
        }

        LogInAgain = $"/log-in?return={Uri.EscapeDataString(path)}";
        if (HttpContext.SignedIn() is { } was)
        {
            Why = Explain(was, time.GetUtcNow(), options);
            RenewalIsOpen = await database.Read(
                r => r.Registry.Operations.AnyAsync(
                    o => o.SmartcardId == was.Card.Id && o.Act == Act.Renewal && (o.State == OperationState.Open || o.State == OperationState.Waiting), cancellation),
                cancellation);
        }

        return Page();
    }

    /// <summary>The reason, the time, and where.</summary>
    private static string Explain(SignedIn was, DateTimeOffset now, LifecycleOptions options)
    {
        var session = was.Session;
        (DateTimeOffset At, string? Because) end = session.EndedAt is { } ended ? (ended, session.EndedBecause)
            : session.RunOut(now, options.SessionAtMost) is { } over ? over
            : (was.Browser.EndedAt ?? now, was.Browser.EndedBecause);
        var when = Expiry.TimeInWords(end.At, options.TimeZone);
        return end.Because switch
        {
            Session.SmartcardRemoved => $"Your smartcard was removed at {when}.",
            Session.SmartcardCancelled => $"Your smartcard was cancelled at {when}.",
            Session.LinkLost => $"The connection to your computer was lost at {when}.",
            Session.LoggedOutInBrowser => $"You logged out at {when}.",
            Session.TimeOver => $"A log-in lasts {options.SessionAtMost.TotalHours:0} hours. It was over at {when}.",
            null => "Nobody had used this page for 30 minutes.",
            _ => $"It was at {when}: {end.Because}.",
        };
    }
}
