using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.ServiceDesk;

/// <summary>D1: a reference, as it is heard on the telephone.</summary>
[Authorize(Permission.ServiceDesk)]
public sealed class DeskModel : PageModel
{
    public const int LongestReference = 30;

    private const string NotOne = "That is not a reference. It has six letters and digits after EV, and never O, I, L, 0 or 1. Ask to have it read out again.";

    [BindProperty(Name = "reference", SupportsGet = true)]
    public string? Typed { get; set; }

    /// <summary>The form is a question and changes nothing, so it is asked with GET: the page that answers can be kept and sent on.</summary>
    public IActionResult OnGet()
    {
        if (OperationReference.TryParse(Typed, out var reference))
        {
            return Redirect(ReferenceModel.AddressOf(reference));
        }

        if (Request.Query.ContainsKey("reference"))
        {
            ModelState.AddModelError("reference", string.IsNullOrWhiteSpace(Typed) ? "Enter a reference." : NotOne);
        }

        return Page();
    }
}
