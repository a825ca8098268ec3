using Evercard.Look;
using Evercard.Protocol;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.PasscodeChange;

/// <summary>The way to the agent's page on which a passcode is changed.</summary>
[Authorize(Permission.OwnCard)]
public sealed class ChangePasscodeModel(AgentPageLinks agentPages) : PageModel
{
    public RefusalView? Refusal { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        var link = agentPages.ReaderOf(who) is { } reader
            ? await agentPages.Open(who.Browser.AgentId, AgentPage.PasscodeChange, reader, "/", takeOver: false, cancellation)
            : new AgentPageLink.Refused(Lifecycle.Refusals.CardRemoved(null));
        if (link is AgentPageLink.Ready ready)
        {
            return new SeeOther(ready.Address);
        }

        Refusal = ((AgentPageLink.Refused)link).Refusal.ToView(new RefusalAction("Try again", "/passcode"));
        return Page();
    }
}
