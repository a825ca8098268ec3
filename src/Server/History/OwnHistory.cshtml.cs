using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.History;

/// <summary>What was done with the cards of whoever is logged in.</summary>
[Authorize(Permission.OwnCard)]
public sealed class OwnHistoryModel(Histories histories) : PageModel
{
    public HistoryView History { get; private set; } = null!;

    public async Task OnGetAsync([FromQuery] long? before, CancellationToken cancellation) =>
        History = await histories.OfPerson(HttpContext.RequiredSignedIn().Person.Uuid, before, cancellation);
}
