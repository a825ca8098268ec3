using Evercard.Lifecycle.Roles;
using Evercard.Look;
using Evercard.Protocol;
using Evercard.Registry.People;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Roles;

/// <summary>The way to the agent's page on which another role is chosen, and back to the page that was wanted.</summary>
[Authorize(Permission.OwnCard)]
public sealed class SwitchRoleModel(AgentPageLinks agentPages, HeldRoles held) : PageModel
{
    public string Present => HttpContext.RequiredSignedIn().Role?.RoleName ?? "nobody in particular";

    /// <summary>The role that is preselected; null where none was asked for, or it is not the person's own.</summary>
    public RoleProfile? Wanted { get; private set; }

    public RefusalView? Refusal { get; private set; }

    /// <summary>Number of that role.</summary>
    [BindProperty(Name = "role", SupportsGet = true)]
    public string? Role { get; set; }

    /// <summary>The page to come back to; null: the dashboard.</summary>
    [BindProperty(Name = "return", SupportsGet = true)]
    public string? Return { get; set; }

    public Task OnGetAsync(CancellationToken cancellation) => Look(cancellation);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        await Look(cancellation);
        var who = HttpContext.RequiredSignedIn();
        var path = ReturnPath.Checked(Return);
        var link = await agentPages.Open(who.Browser.AgentId, AgentPage.RoleChoice, agentPages.ReaderOf(who), path, takeOver: false, cancellation, Wanted?.Id);
        if (link is AgentPageLink.Ready ready)
        {
            return new SeeOther(ready.Address);
        }

        var again = Wanted is null ? $"/role?return={Uri.EscapeDataString(path)}" : MissingPermission.SwitchAddress(Wanted, path);
        Refusal = ((AgentPageLink.Refused)link).Refusal.ToView(new RefusalAction("Try again", again));
        return Page();
    }

    private async Task Look(CancellationToken cancellation) =>
        Wanted = (await held.Of(HttpContext.RequiredSignedIn().Person.Uuid, cancellation)).FirstOrDefault(role => role.Id == Role);
}
