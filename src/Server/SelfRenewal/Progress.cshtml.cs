using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.SelfRenewal;

/// <summary>Steps 6 to 13 as they happen: named steps, time gone and time left; and what to do when they stop.</summary>
[Authorize(Permission.OwnCard)]
public sealed class ProgressModel(
    Database database, AgentPageLinks agentPages, LifecycleOptions options, TimeProvider time, Wakeups wakeups, PageFrame frame) : PageModel
{
    /// <summary>A renewal that is done so soon after it began has no progress to read: its success is shown at once.</summary>
    private static readonly TimeSpan NoPageBefore = TimeSpan.FromMilliseconds(400);

    /// <summary>Going on with the same card makes no sense after these.</summary>
    private static readonly string[] Final = ["REPAIR-NEEDED", "CARD-LOCKED", "LOCKED-EXPIRED", "CARD-UNKNOWN", "AGENT-QUARANTINED", "RENEWAL-OPEN"];

    public string Heading => IsUnderWay ? "Renewing your smartcard" : "Your renewal has stopped";

    public StepList Steps { get; private set; } = new([]);

    public bool IsUnderWay { get; private set; }

    public RefusalView? Stopped { get; private set; }

    public bool CardIsOut { get; private set; }

    /// <summary>Where the card is, nobody knows: its computer has no link.</summary>
    public bool AgentIsGone { get; private set; }

    public bool CanGoOn { get; private set; }

    public string? Code { get; private set; }

    public string Reference { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await Story(who, cancellation) is not { } story || story.Operation.State == OperationState.Aborted)
        {
            return new SeeOther("/renew");
        }

        if (story.Operation.State == OperationState.Completed)
        {
            return new SeeOther(SuccessModel.AddressOf(story.Operation.Reference));
        }

        var operation = story.Operation;
        (Steps, IsUnderWay, Code, Reference) = (story.Steps, operation.State == OperationState.Open, operation.StoppedCode, operation.Reference);
        var isIn = agentPages.ReaderOf(who) is not null;
        AgentIsGone = agentPages.LinkOf(who) is null;
        CardIsOut = !isIn && !AgentIsGone;
        CanGoOn = !IsUnderWay && isIn && !Final.Contains(Code);
        Stopped = Code is null || IsUnderWay ? null : new RefusalView(Code, operation.StoppedDetail!, operation.StoppedNextStep!) { Reference = Reference };
        frame.RefreshSeconds = 2;
        frame.LiveAddress = $"/renew/events?seen={Uri.EscapeDataString(Version(story, agentPages, who))}";
        return Page();
    }

    /// <summary>The card is back: the passcode is asked for again.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (agentPages.ReaderOf(who) is not { } reader)
        {
            return new SeeOther("/renew/progress");
        }

        var opened = await agentPages.Open(who.Browser.AgentId, AgentPage.Renewal, reader, "/renew/progress", takeOver: false, cancellation);
        return new SeeOther(opened is AgentPageLink.Ready ready ? ready.Address : "/renew");
    }

    private async Task<RenewalStory?> Story(SignedIn who, CancellationToken cancellation)
    {
        var smartcardId = who.Card.Id;
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        while (true)
        {
            // Asked for before the look, so that a change in between is not lost.
            var next = wakeups.Next(smartcardId, wait.Token);
            var began = await RenewalStory.UnderWaySince(database, smartcardId, cancellation);
            var left = began + NoPageBefore - time.GetUtcNow();
            if (left is not { Ticks: > 0 } || left > NoPageBefore)
            {
                await wait.CancelAsync();
                return await RenewalStory.Newest(database, smartcardId, options, time.GetUtcNow(), cancellation, agentPages.LinkOf(who));
            }

            await Task.WhenAny(next, Task.Delay(left.Value, wait.Token));
        }
    }

    internal static string Version(RenewalStory story, AgentPageLinks agentPages, SignedIn who) =>
        $"{story.Version}{(agentPages.LinkOf(who) is null ? "-gone" : agentPages.ReaderOf(who) is null ? "-out" : "")}";
}
