using Evercard.Look;
using Evercard.Server.Roles;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Problems;

/// <summary>Never a blank page: what went wrong, and the way on. Programs get a problem detail instead (RFC 9457).</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ProblemModel(MissingPermission missing) : PageModel
{
    public string Heading { get; private set; } = "";

    public string NextStep { get; private set; } = "";

    /// <summary>Why the role of this log-in may not go there; null where that was not the problem.</summary>
    public RefusalView? Refusal { get; private set; }

    public Task<IActionResult> OnGetAsync(int status, CancellationToken cancellation) => Answer(status, cancellation);

    public Task<IActionResult> OnPostAsync(int status, CancellationToken cancellation) => Answer(status, cancellation);

    private async Task<IActionResult> Answer(int status, CancellationToken cancellation)
    {
        // Back to the page that was wanted; what was posted is not posted again.
        var wanted = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { } was && HttpMethods.IsGet(Request.Method) ? was.OriginalPath + was.OriginalQueryString : "/";
        Refusal = await missing.Explain(HttpContext, wanted, cancellation);
        (Heading, NextStep) = status switch
        {
            StatusCodes.Status400BadRequest => ("This page had become too old", "Nothing has changed. Go back, and try once more."),
            StatusCodes.Status404NotFound => ("There is no such page", "Check the address, or begin at the dashboard."),
            StatusCodes.Status429TooManyRequests => ("Too many people are asking at once", "Wait a minute, then try again. Your smartcard is fine."),
            < StatusCodes.Status500InternalServerError => ("This does not work here", "Begin again at the dashboard."),
            _ => ("Something went wrong in the service", "Try again. If it happens again, tell the service desk. Your smartcard is safe."),
        };
        if (Refusal is not null)
        {
            (Heading, NextStep) = (Refusal.Title, Refusal.NextStep);
        }

        Response.StatusCode = status;
        return Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) ? Page()
            : new ObjectResult(new ProblemDetails { Title = Heading, Detail = NextStep, Status = status }) { ContentTypes = { "application/problem+json" } };
    }
}
