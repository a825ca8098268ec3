using Evercard.Lifecycle;
using Evercard.Lifecycle.AtDesk;
using Evercard.Look;
using Evercard.Registry.Journal;
using Evercard.Server.AgentLink;
using Evercard.Server.Browsers;
using Evercard.Server.CheckComputer;
using Evercard.Server.Join;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.AtDesk;

/// <summary>The act as it happens; its red errors with one [Try again]; and, after the second, where to stop and whom to ring.</summary>
public abstract class ProgressPage(DeskAct act, Database database, Desk desk, ConnectedAgents connected, LifecycleOptions options, TimeProvider time, PageFrame frame) : PageModel
{
    private const int LookAgainSeconds = 2;

    public DeskAct Act { get; } = act;

    public string Title => IsStopped ? "We had to stop" : IsUnderWay ? Act.Doing : $"The {Act.Name} was interrupted";

    public StepList Steps { get; private set; } = new([]);

    public bool IsUnderWay { get; private set; }

    /// <summary>It failed twice.</summary>
    public bool IsStopped { get; private set; }

    public RefusalView? Failed { get; private set; }

    /// <summary>What a look at this computer found first; null where all is well with it.</summary>
    public string? LikelyCause { get; private set; }

    public bool CanTryAgain { get; private set; }

    public bool CardIsOut { get; private set; }

    public string FirstName { get; private set; } = "";

    public string Reference { get; private set; } = "";

    /// <summary>Where the cardholder types once more.</summary>
    public string TryAgainAddress { get; private set; } = "";

    /// <summary>Whom to ring: the service desk, or whoever manages this organisation's computers.</summary>
    public IReadOnlyList<string> Desks { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid smartcardId, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await DeskStory.Of(database, Act.Act, smartcardId, who.Session.Id, options, time.GetUtcNow(), cancellation) is not { } story || story.Operation.State == OperationState.Aborted)
        {
            return new SeeOther(InsertModel.Address);
        }

        var operation = story.Operation;
        if (operation.State == OperationState.Completed)
        {
            return new SeeOther(Act.DoneAddress(smartcardId, operation.Reference));
        }

        TryAgainAddress = Act.HandOverAddress(smartcardId);
        if (operation.State == OperationState.Open && !story.HasBegun)
        {
            // The cardholder went back without choosing a passcode: nothing is under way.
            return new SeeOther(TryAgainAddress);
        }

        (Steps, Reference, FirstName) = (story.Steps, operation.Reference, story.FirstName);
        IsUnderWay = operation.State == OperationState.Open;
        IsStopped = !IsUnderWay && operation.Failures >= Operation.MostFailures;
        CardIsOut = await desk.Find(who, smartcardId, cancellation) is null;
        CanTryAgain = !IsUnderWay && !IsStopped && !CardIsOut;
        Failed = !IsUnderWay && operation.StoppedCode is { } code
            ? new RefusalView(code, operation.StoppedDetail!, operation.StoppedNextStep!) { Reference = Reference }
            : null;
        if (Failed is not null)
        {
            // Errors come most often from the computer: it is looked at before anybody tries again.
            LikelyCause = CheckedBrowser.Look(HttpContext, who, connected, options).FirstOrDefault(row => row.State == CheckState.Bad)?.Finding;
        }

        Desks = AtDesk.Desks.Of(story.Organisation, who.Organisation);
        frame.RefreshSeconds = LookAgainSeconds;
        frame.LiveAddress = $"{Act.ProgressAddress(smartcardId)}/events?seen={Uri.EscapeDataString(Version(story, CardIsOut))}";
        return Page();
    }

    internal static string Version(DeskStory story, bool cardIsOut) => $"{story.Version}{(cardIsOut ? "-out" : "")}";
}
