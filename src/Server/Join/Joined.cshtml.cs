using Evercard.Look;
using Evercard.Protocol;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace Evercard.Server.Join;

/// <summary>The agent sends the browser back here with its code; with the cookie that it began with, it is joined.</summary>
[AllowAnonymous]
[EnableRateLimiting(RateLimits.Joining)]
public sealed class JoinedModel(Joining joining, StartingCookie starting, AgentCookie agentCookie, AgentPageLinks agentPages) : PageModel
{
    private const int CodeDigits = 64;

    public RefusalView Refusal { get; private set; } = new("", "", "");

    public async Task<IActionResult> OnGetAsync(string? code, CancellationToken cancellation)
    {
        var cookie = Request.Cookies[BrowserCookies.Starting];
        var wanted = starting.ReturnOf(cookie);
        var isCode = code is { Length: CodeDigits } && code.All(char.IsAsciiHexDigitLower);

        // A code that comes without the right cookie is burnt as well: whoever has it shall not try again.
        var browser = isCode ? await joining.Complete(code!, cookie ?? string.Empty, cancellation) : null;
        if (browser is null || wanted is null)
        {
            // Somebody who comes back with the browser's back button is long joined.
            if (HttpContext.SignedIn()?.IsLive == true)
            {
                return Redirect("/");
            }

            Refusal = Lifecycle.Refusals.LinkExpired().ToView(new RefusalAction("Start again", $"/log-in?return={Uri.EscapeDataString(wanted ?? "/")}"));
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        Response.Cookies.Delete(BrowserCookies.Starting);
        agentCookie.Give(HttpContext, browser.AgentId);
        await HttpContext.SignIn(browser);
        return browser.SessionId is not null ? new SeeOther(wanted) : await ToLogIn(browser.AgentId, wanted, cancellation);
    }

    private async Task<IActionResult> ToLogIn(string agentId, string wanted, CancellationToken cancellation)
    {
        var link = await agentPages.Open(agentId, AgentPage.LogIn, null, $"/log-in/done?return={Uri.EscapeDataString(wanted)}", takeOver: false, cancellation);
        if (link is AgentPageLink.Ready ready)
        {
            return new SeeOther(ready.Address);
        }

        Refusal = ((AgentPageLink.Refused)link).Refusal.ToView(new RefusalAction("Try again", $"/log-in?return={Uri.EscapeDataString(wanted)}"));
        return Page();
    }
}
