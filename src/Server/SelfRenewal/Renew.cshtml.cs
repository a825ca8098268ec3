using Evercard.Lifecycle;
using Evercard.Lifecycle.Renewal;
using Evercard.Look;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Evercard.Server.Computers;
using Evercard.Server.Join;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.SelfRenewal;

/// <summary>Step 3 of docs/renewal.md: «Renew certificate», «Continue». The passcode comes next, on the agent's own page.</summary>
[Authorize(Permission.OwnCard)]
public sealed class RenewModel(
    RenewalOutlooks outlooks, AgentPageLinks agentPages, ConnectedAgents connected, AgentLinkOptions link, LifecycleOptions options, TimeProvider time, PageFrame frame) : PageModel
{
    public const string Chosen = "renew";

    public SignedIn Who => HttpContext.RequiredSignedIn();

    public RefusalView? Refusal { get; private set; }

    public bool IsUnfinished { get; private set; }

    /// <summary>Another computer is at work on it.</summary>
    public bool IsElsewhere { get; private set; }

    /// <summary>Where and when an unfinished renewal stopped.</summary>
    public string? Stopped { get; private set; }

    public bool NothingChosen { get; private set; }

    public string Heading => IsUnfinished ? "Finish your renewal" : "Renew your smartcard";

    public string Expires => Who.NotAfter is { } end ? Words.DateAndDays(end, time.GetUtcNow(), options.TimeZone) : "It has no certificates";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        await Look(cancellation);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? service, bool takeOver, CancellationToken cancellation)
    {
        if (await Look(cancellation) is not { } reader)
        {
            return Page();
        }

        if (service != Chosen)
        {
            NothingChosen = true;
            ModelState.AddModelError("service", "Choose what you want to do.");
            return Page();
        }

        var opened = await agentPages.Open(Who.Browser.AgentId, AgentPage.Renewal, reader, "/renew/progress", takeOver && IsElsewhere, cancellation);
        if (opened is AgentPageLink.Ready ready)
        {
            return new SeeOther(ready.Address);
        }

        Refuse(((AgentPageLink.Refused)opened).Refusal);
        return Page();
    }

    /// <returns>The reader that the card is in; null where the page says why it does not go on.</returns>
    private async Task<string?> Look(CancellationToken cancellation)
    {
        var outlook = await outlooks.For(Who.Session.Id, cancellation);
        if (outlook.Unfinished is { } unfinished)
        {
            (IsUnfinished, IsElsewhere) = (true, outlook.IsUnderWayElsewhere);
            Stopped = IsElsewhere ? Lifecycle.Refusals.RenewalOpen(unfinished.ComputerName, unfinished.Reference).Detail
                : Lifecycle.Refusals.RenewalUnfinished(unfinished.ComputerName, unfinished.TouchedAt, options.TimeZone, unfinished.Reference).Detail;
        }

        var reader = agentPages.ReaderOf(Who);
        var refusal = !connected.TryFind(Who.Browser.AgentId, out var agent) ? Lifecycle.Refusals.AgentMissing()
            : ComputerRefusals.For(agent, link) ?? outlook.Refusal ?? (reader is null ? Lifecycle.Refusals.CardRemoved(null) : null);
        if (refusal is null)
        {
            return reader;
        }

        Refuse(refusal);
        return null;
    }

    private void Refuse(Refusal refusal)
    {
        // What passes by itself is waited for: an agent that comes back, a card that is put back.
        frame.RefreshSeconds = refusal.Code is "AGENT-MISSING" or "CARD-REMOVED" ? 2 : null;
        Refusal = refusal.ToView(new RefusalAction("Back to the dashboard", "/"));
    }
}
