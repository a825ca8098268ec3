using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Problems;

/// <summary>Never a blank page: what went wrong, and the way on. Programs get a problem detail instead (RFC 9457).</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
public sealed class ProblemModel : PageModel
{
    public string Heading { get; private set; } = "";

    public string NextStep { get; private set; } = "";

    public IActionResult OnGet(int status) => Answer(status);

    public IActionResult OnPost(int status) => Answer(status);

    private IActionResult Answer(int status)
    {
        (Heading, NextStep) = status switch
        {
            StatusCodes.Status400BadRequest => ("This page had become too old", "Nothing has changed. Go back, and try once more."),
            StatusCodes.Status404NotFound => ("There is no such page", "Check the address, or begin at the dashboard."),
            StatusCodes.Status429TooManyRequests => ("Too many people are asking at once", "Wait a minute, then try again. Your smartcard is fine."),
            < StatusCodes.Status500InternalServerError => ("This does not work here", "Begin again at the dashboard."),
            _ => ("Something went wrong in the service", "Try again. If it happens again, tell the service desk. Your smartcard is safe."),
        };
        Response.StatusCode = status;
        return Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) ? Page()
            : new ObjectResult(new ProblemDetails { Title = Heading, Detail = NextStep, Status = status }) { ContentTypes = { "application/problem+json" } };
    }
}
