using Evercard.Lifecycle.Roles;
using Evercard.Server.Browsers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Roles;

/// <summary>The table of roles and permissions, for reading.</summary>
[Authorize(Permission.WhoCan)]
public sealed class WhoCanModel(RoleTable table, HeldRoles held) : PageModel
{
    public RoleTable Table => table;

    /// <summary>The role of this log-in, where the table names it.</summary>
    public KnownRole? Present => table.Find(HttpContext.RequiredSignedIn().Role?.RoleCode);

    public IReadOnlyCollection<KnownRole> Held { get; private set; } = [];

    /// <summary>The one of this log-in, the person's others, then all the rest.</summary>
    public IEnumerable<KnownRole> OwnFirst => table.Roles.OrderBy(role => role != Present).ThenBy(role => !Held.Contains(role));

    public async Task OnGetAsync(CancellationToken cancellation) =>
        Held = [.. (await held.Of(HttpContext.RequiredSignedIn().Person.Uuid, cancellation)).Select(role => table.Find(role.RoleCode)).OfType<KnownRole>()];
}
