using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Join;

/// <summary>The joined browser comes back from the agent's log-in page.</summary>
[Authorize(Permission.JoinedBrowser)]
public sealed class LogInDoneModel(Joining joining) : PageModel
{
    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "return")] string? wanted, CancellationToken cancellation)
    {
        var path = ReturnPath.Checked(wanted);
        if (HttpContext.SignedIn()?.IsLive == true)
        {
            return new SeeOther(path);
        }

        if (await joining.LogIn(HttpContext.BrowserSessionId()!, cancellation) is not { } browser)
        {
            return new SeeOther($"/log-in?return={Uri.EscapeDataString(path)}");
        }

        await HttpContext.SignIn(browser);
        return new SeeOther(path);
    }
}
