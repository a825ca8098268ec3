using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.CheckComputer;

/// <summary>Whether this computer is ready, for everybody: no card, no log-in.</summary>
[AllowAnonymous]
public sealed class CheckModel(ConnectedAgents connected, PageFrame frame, LifecycleOptions options, TimeProvider time) : PageModel
{
    private const int LookAgainSeconds = 5;

    public IReadOnlyList<CheckRow> Rows { get; private set; } = [];

    public string Verdict { get; private set; } = "";

    public string Report { get; private set; } = "";

    public void OnGet()
    {
        Rows = CheckedBrowser.Look(HttpContext, HttpContext.SignedIn(), connected, options);
        var wrong = Rows.Where(row => row.State == CheckState.Bad).Select(row => row.What).ToList();
        Verdict = wrong.Count > 0 ? $"Not ready: {string.Join(", ", wrong)}."
            : Rows.Any(row => row.State == CheckState.Unknown) ? "Nothing wrong was found, but not everything is known."
            : "This computer is ready.";
        Report = CheckReport.Write(Rows, time.GetUtcNow(), options.TimeZone, frame.Version ?? "");
        frame.RefreshSeconds = LookAgainSeconds;
        frame.LiveAddress = $"/check/events?seen={CheckedBrowser.Version(Rows)}";
    }
}
