using Evercard.Look;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Agent.Pages.NotShown;

/// <summary>Drawn in place of a page that cannot be shown; the status code stays what it is.</summary>
[ResponseCache(NoStore = true)]
public sealed class NotShownModel : PageModel
{
    public RefusalView Refusal { get; private set; } = null!;

    /// <summary>A form that was turned away keeps its method.</summary>
    public void OnPost(string why) => OnGet(why);

    public void OnGet(string why) => Refusal = why switch
    {
        "other-user" => new(AgentRefusals.AgentOther.Code, AgentRefusals.AgentOther.Title, AgentRefusals.AgentOther.NextStep),
        "guard" => new("AGENT-PAGE", "This page was not opened in the usual way.", "Nothing was done. Open Identity Agent from its own icon, or start at the service.")
        {
            Actions = [new("Open Identity Agent", "/")],
        },
        "failed" => new(AgentRefusals.Unexpected.Code, "Something went wrong in Identity Agent.", AgentRefusals.Unexpected.NextStep)
        {
            Actions = [new("Open Identity Agent", "/")],
        },
        "400" => new("AGENT-PAGE", "This page is out of date.", "Nothing was done. Go back and reload the page, then try again.")
        {
            Actions = [new("Open Identity Agent", "/")],
        },
        "413" => new("AGENT-PAGE", "That was more than fits in this form.", "Nothing was done. Go back and try again.")
        {
            Actions = [new("Open Identity Agent", "/")],
        },
        _ => new("AGENT-PAGE", "This page is over.", "Start again: nothing is lost.")
        {
            Actions = [new("Open Identity Agent", "/")],
        },
    };
}
