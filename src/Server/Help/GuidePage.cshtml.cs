using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Help;

/// <summary>One guide.</summary>
[AllowAnonymous]
public sealed class GuidePageModel : PageModel
{
    public Guide Guide { get; private set; } = null!;

    public IActionResult OnGet(string name)
    {
        if (Help.Guide.Find(name) is not { } guide)
        {
            return NotFound();
        }

        Guide = guide;
        return Page();
    }
}
