using Evercard.Agent.CardScripts;
using Evercard.Protocol;

namespace Evercard.Agent.Pages.Opened;

/// <summary>A renewal that was confirmed on one of the agent's pages. It goes on whatever becomes of the browser.</summary>
internal static class RenewalHere
{
    /// <summary>The first step that comes after the passcode was right (docs/renewal.md).</summary>
    private const int AfterPasscode = 7;

    /// <summary>Returns when the passcode is known to be right, or the outcome is known.</summary>
    /// <param name="desk">The agent.</param>
    /// <param name="page">Shows the steps.</param>
    /// <param name="passcode">Zeroed by the act.</param>
    /// <param name="card">The card that the person was told of.</param>
    public static async Task Begin(AgentDesk desk, OpenedPage page, HeldPasscode passcode, CardInReader card)
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var progress = new ToldProgress(step =>
        {
            desk.Update(page, state => state with { Steps = [.. state.Steps, step] });
            if (step.Step >= AfterPasscode)
            {
                answered.TrySetResult();
            }
        });
        var isForCardholder = page.State.Managed is not null;
        var session = (isForCardholder ? desk.OperatorBeside(page) : desk.SessionOf(card))?.LoggedIn.SessionId;
        var takeOver = page.State.TakeOver;
        desk.Update(page, state => state.SayingNothing() with { Stage = PageStage.Running, Steps = [], Began = desk.Time.GetUtcNow(), Completed = null });
        _ = Task.Run(async () =>
        {
            Refused? refused = AgentRefusals.Unexpected;
            try
            {
                var outcome = await desk.Agent.Renew(session, card.Reader, passcode, takeOver, progress, CancellationToken.None, card.Insertion, isForCardholder);
                refused = (outcome as AgentOutcome<ActCompleted>.Refused)?.Message;
                if (outcome is AgentOutcome<ActCompleted>.Done done)
                {
                    desk.Update(page, state => state with { Completed = done.Message });
                    if (session is null || isForCardholder)
                    {
                        // What the card can do now is not what it was greeted with.
                        await desk.Agent.Greet(card.Reader, CancellationToken.None);
                    }
                }
            }
            finally
            {
                End(desk, page, refused, card.Insertion);
                answered.TrySetResult();
            }
        });
        await answered.Task;
    }

    /// <summary>At the service's own progress page the browser learns the rest; before that, it is told here.</summary>
    private static void End(AgentDesk desk, OpenedPage page, Refused? refused, int insertion) => desk.Update(page, state =>
    {
        var isHandedOver = page.Kind == OpenedKind.Renewal && state.Steps.Any(step => step.Step >= AfterPasscode);
        return refused is null ? state with { Stage = PageStage.Done }
            : isHandedOver ? state with { Stage = PageStage.Done, Said = refused, SaidOf = insertion }
            : state.Saying(refused, insertion);
    });
}
