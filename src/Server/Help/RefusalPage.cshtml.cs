using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Help;

/// <summary>What one refusal means. Its address is also the problem type that programs get (RFC 9457).</summary>
[AllowAnonymous]
public sealed class RefusalPageModel : PageModel
{
    public RefusalHelp Refusal { get; private set; } = null!;

    /// <summary>Who can help; null where nobody is needed.</summary>
    public Contact? Contact => Help.Contact.Of(HttpContext.SignedIn() is { IsLive: true } who ? who.Organisation : null, Refusal.From);

    public IActionResult OnGet(string code)
    {
        if (RefusalHelp.Find(code) is not { } refusal)
        {
            return NotFound();
        }

        Refusal = refusal;
        return Page();
    }
}
