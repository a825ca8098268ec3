using Evercard.Look;
using Evercard.Protocol;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.Roles;

/// <summary>The way to the agent's page on which another role is chosen.</summary>
[Authorize(Permission.OwnCard)]
public sealed class SwitchRoleModel(AgentPageLinks agentPages) : PageModel
{
    public string Present => HttpContext.RequiredSignedIn().Role?.RoleName ?? "nobody in particular";

    public RefusalView? Refusal { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        var link = await agentPages.Open(who.Browser.AgentId, AgentPage.RoleChoice, agentPages.ReaderOf(who), "/", takeOver: false, cancellation);
        if (link is AgentPageLink.Ready ready)
        {
            return new SeeOther(ready.Address);
        }

        Refusal = ((AgentPageLink.Refused)link).Refusal.ToView(new RefusalAction("Try again", "/role"));
        return Page();
    }
}
