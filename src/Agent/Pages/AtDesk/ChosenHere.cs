using Evercard.Agent.CardScripts;
using Evercard.Agent.Pages.Opened;
using Evercard.Protocol;

namespace Evercard.Agent.Pages.AtDesk;

/// <summary>A repair or an unlock that a cardholder's passcode set off. It goes on whatever becomes of the browser, which is told the rest by the service.</summary>
internal static class ChosenHere
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
                refused = await Do(desk, page.State.Managed!, sessionId, chosen, progress, card);
                if (refused is null)
                {
                    // What the card can do now is not what it was greeted with.
                    await desk.Agent.Greet(card.Reader, CancellationToken.None);
                }
            }
            finally
            {
                // What the service did not take up is told here; the rest stands on its own page.
                desk.Update(page, state => refused is { Reference: null } ? state.Saying(refused, card.Insertion, "new") : state with { Stage = PageStage.Done });
                answered.TrySetResult();
            }
        });
        await answered.Task;
    }

    /// <returns>Null where it is done.</returns>
    private static async Task<Refused?> Do(AgentDesk desk, ManagedAct managed, string sessionId, HeldPasscode chosen, ToldProgress progress, CardInReader card) =>
        managed.Act == CardAct.Unlock
            ? (await desk.Agent.Unlock(sessionId, managed.OperationId!, card.Reader, chosen, CancellationToken.None, card.Insertion) as AgentOutcome<PasscodeChanged>.Refused)?.Message
            : (await desk.Agent.Repair(sessionId, managed.OperationId!, card.Reader, chosen, progress, CancellationToken.None, card.Insertion) as AgentOutcome<ActCompleted>.Refused)?.Message;
}
