using Evercard.Lifecycle.ServiceDesk;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.ServiceDesk;

/// <summary>D2: what happened. Nothing can be done here with the card, and nothing is told of its holder but initials and organisation.</summary>
[Authorize(Permission.ServiceDesk)]
public sealed class ReferenceModel(References references) : PageModel
{
    /// <summary>Null where there is no such reference.</summary>
    public WhatHappened? What { get; private set; }

    public string Asked { get; private set; } = "";

    public static string AddressOf(string reference) => $"/desk/{reference}";

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancellation)
    {
        if (!OperationReference.TryParse(reference, out var wellFormed))
        {
            return Redirect($"/desk?reference={Uri.EscapeDataString(reference)}");
        }

        if (wellFormed != reference)
        {
            return Redirect(AddressOf(wellFormed));
        }

        Asked = wellFormed;
        What = await references.Find(wellFormed, HttpContext.RequiredSignedIn(), cancellation);
        if (What is null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Page();
    }
}
