using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Join;

/// <summary>The browser forgets which agent it was joined to: a computer may have a new one.</summary>
[AllowAnonymous]
public sealed class OtherAgentModel : PageModel
{
    public IActionResult OnGet([FromQuery(Name = "return")] string? wanted)
    {
        Response.Cookies.Delete(BrowserCookies.Agent);
        return new SeeOther($"/log-in?return={Uri.EscapeDataString(ReturnPath.Checked(wanted))}");
    }
}
