using Evercard.Registry.People;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Help;

/// <summary>Where every page's "Get help" leads: the search, the guides, the people.</summary>
[AllowAnonymous]
public sealed class HelpModel : PageModel
{
    [BindProperty(Name = "q", SupportsGet = true)]
    public string? Query { get; set; }

    /// <summary>Null where nothing was searched for.</summary>
    public IReadOnlyList<HelpFound>? Found => string.IsNullOrWhiteSpace(Query) ? null : HelpSearch.Find(Query);

    /// <summary>Of whoever is logged in.</summary>
    public Organisation? Organisation => HttpContext.SignedIn() is { IsLive: true } who ? who.Organisation : null;

    public IReadOnlyList<Contact> Contacts => Contact.Of(Organisation);
}
