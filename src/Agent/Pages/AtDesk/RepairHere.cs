using Evercard.Agent.CardScripts;
using Evercard.Agent.Pages.Opened;
using Evercard.Protocol;

namespace Evercard.Agent.Pages.AtDesk;

/// <summary>A repair that a cardholder's passcode set off. It goes on whatever becomes of the browser, which is told the rest by the service.</summary>
internal static class RepairHere
{
    /// <summary>The first step that comes after the card has the passcode (docs/renewal.md).</summary>
    private const int AfterPasscode = 7;

    /// <summary>Returns when the card has the passcode, or the outcome is known.</summary>
    public static async Task Begin(AgentDesk desk, OpenedPage page, string sessionId, HeldPasscode chosen, CardInReader card)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var progress = new ToldProgress(step =>
        {
            if (step.Step >= AfterPasscode)
            {
                answered.TrySetResult();
            }
        });
        desk.Update(page, state => state.SayingNothing() with { Stage = PageStage.Running });
        _ = Task.Run(async () =>
        {
            Refused? refused = AgentRefusals.Unexpected;
            try
            {
                var outcome = await desk.Agent.Repair(sessionId, page.State.Managed!.OperationId, card.Reader, chosen, progress, CancellationToken.None, card.Insertion);
                refused = (outcome as AgentOutcome<ActCompleted>.Refused)?.Message;
                if (refused is null)
                {
                    // What the card can do now is not what it was greeted with.
                    await desk.Agent.Greet(card.Reader, CancellationToken.None);
                }
            }
            finally
            {
                // What the service did not take up is told here; the rest stands on its own page.
                desk.Update(page, state => refused is { Reference: null } ? state.Saying(refused, card.Insertion) : state with { Stage = PageStage.Done });
                answered.TrySetResult();
            }
        });
        await answered.Task;
    }
}
