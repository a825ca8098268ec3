using Evercard.Lifecycle;
using Evercard.Lifecycle.Notifications;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Evercard.Server.Notifications;

/// <summary>
/// "This was not me": where the link of a notification leads. Anybody who has the link may open it. To look changes nothing: mail filters open
/// links too, and press no buttons.
/// </summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Alarms)]
[ResponseCache(NoStore = true)]
public sealed class NotMeModel(CardholderAlarms alarms, LifecycleOptions options, Wakeups wakeups, ILogger<NotMeModel> log) : PageModel
{
    /// <summary>Null where the link is none, or too old.</summary>
    public AlarmableAct? Act { get; private set; }

    public string Heading => Act switch
    {
        null => "This link cannot be used",
        { RaisedAt: null } => "Was this you?",
        _ => "We know that this was not you",
    };

    public int LinkDays => options.AlarmLinkDays;

    public string RaisedAt => Act?.RaisedAt is { } at ? $"{Expiry.InWords(at, options.TimeZone)} at {Expiry.TimeInWords(at, options.TimeZone)}" : "";

    /// <summary>Whom to ring, one line each.</summary>
    public IReadOnlyList<string> Help => Act?.Help?.Split('\n') ?? [];

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancellation)
    {
        Act = await alarms.Find(token, cancellation);
        return Answer();
    }

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancellation)
    {
        Act = await alarms.Raise(token, cancellation);
        if (Act is null)
        {
            return Answer();
        }

        wakeups.Wake(Act.SmartcardId);
        NotificationLog.AlarmRaised(log, Act.SmartcardId);

        // A page that is loaded again must not ask whether to send once more.
        return new SeeOther($"{AlarmToken.Path}{token}");
    }

    private PageResult Answer()
    {
        if (Act is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Page();
    }
}
