using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;
using Evercard.Server.Join;
using Evercard.Server.ManageSmartcard;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Evercard.Server.AtDesk;

/// <summary>"Turn the keyboard": the cardholder types next, on the agent's own page.</summary>
public abstract class HandOverPage(DeskAct act, Desk desk, AgentPageLinks agentPages) : PageModel
{
    public DeskAct Act { get; } = act;

    protected Desk Desk { get; } = desk;

    public string FirstName { get; protected set; } = "";

    public RefusalView? Refusal { get; protected set; }

    public string Title => Refusal?.Title ?? "Hand over the keyboard";

    /// <summary>To the agent's page on which the cardholder types.</summary>
    /// <param name="page">Which.</param>
    /// <param name="smartcardId">The card.</param>
    /// <param name="operationId">The act that was confirmed; null where it is opened by the passcode.</param>
    /// <param name="cancellation">The browser is gone.</param>
    protected async Task<IActionResult> GoTo(AgentPage page, Guid smartcardId, Guid? operationId, CancellationToken cancellation)
    {
        var who = HttpContext.RequiredSignedIn();
        if (await Desk.Find(who, smartcardId, cancellation) is not { } found)
        {
            Refusal = UserDetailsModel.NotHere(HttpContext);
            return Page();
        }

        var managed = new ManagedAct(Act.Card, operationId?.ToString("N"), found.Reader, found.Card.Holder.FullName, found.Card.Card.SerialNumber);
        var link = await agentPages.Open(who.Browser.AgentId, page, found.Reader, Act.ProgressAddress(smartcardId), takeOver: false, cancellation, managed: managed);
        if (link is AgentPageLink.Ready ready)
        {
            return new SeeOther(ready.Address);
        }

        Refusal = ((AgentPageLink.Refused)link).Refusal.ToView(new RefusalAction("Manage Smartcard", InsertModel.Address));
        return Page();
    }
}

/// <summary>The same after the operator has confirmed the act: the cardholder chooses a passcode.</summary>
public abstract class ConfirmedHandOverPage(DeskAct act, Database database, Desk desk, AgentPageLinks agentPages, LifecycleOptions options, TimeProvider time)
    : HandOverPage(act, desk, agentPages)
{
    public async Task<IActionResult> OnGetAsync(Guid smartcardId, CancellationToken cancellation)
    {
        var story = await Story(smartcardId, cancellation);
        if (story is not { IsConfirmed: true, Operation.State: OperationState.Open or OperationState.Waiting })
        {
            // Not confirmed after all, or over.
            return new SeeOther(story?.Operation.State == OperationState.Completed ? Act.DoneAddress(smartcardId, story.Reference) : Act.Address(smartcardId));
        }

        FirstName = story.FirstName;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid smartcardId, CancellationToken cancellation) =>
        await Story(smartcardId, cancellation) is { IsConfirmed: true } story
            ? await GoTo(AgentPage.NewPasscode, smartcardId, story.Operation.Id, cancellation)
            : new SeeOther(Act.Address(smartcardId));

    private Task<DeskStory?> Story(Guid smartcardId, CancellationToken cancellation) =>
        DeskStory.Of(database, Act.Act, smartcardId, HttpContext.RequiredSignedIn().Session.Id, options, time.GetUtcNow(), cancellation);
}
