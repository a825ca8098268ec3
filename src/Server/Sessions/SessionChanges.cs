using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Server.AgentLink;

namespace Evercard.Server.Sessions;

/// <summary>
/// Wakes whoever waits for a session to change, and tells the session's agent of an end that it cannot know of. Only what this
/// node did: it is a wake-up and never the truth, which is in the database.
/// </summary>
public sealed class SessionChanges(ConnectedAgents connected)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<TaskCompletionSource>> waiting = new(StringComparer.Ordinal);

    /// <summary>Ask for it first and then read the session: a change in between is not missed.</summary>
    /// <param name="sessionId">As the registry knows it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Completes when the session was suspended, resumed or ended, or a role was chosen.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits any longer.</exception>
    public async Task Next(string sessionId, CancellationToken cancellation)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (!waiting.TryGetValue(sessionId, out var others))
            {
                waiting[sessionId] = others = [];
            }

            others.Add(mine);
        }

        try
        {
            await mine.Task.WaitAsync(cancellation);
        }
        finally
        {
            Forget(sessionId, mine);
        }
    }

    /// <summary>A change is in the database.</summary>
    public void Tell(SessionChange change)
    {
        List<TaskCompletionSource>? woken;
        lock (gate)
        {
            waiting.Remove(change.SessionId, out woken);
        }

        woken?.ForEach(one => one.TrySetResult());
        if (change is { Kind: SessionChangeKind.Ended, AgentKnows: false } && connected.TryFind(change.AgentId, out var agent))
        {
            // Nobody waits for it: an agent that does not hear it is refused at its next request.
            _ = agent.Send(new SessionEnded(change.SessionId, change.Because ?? "it was ended"));
        }
    }

    private void Forget(string sessionId, TaskCompletionSource mine)
    {
        lock (gate)
        {
            if (waiting.TryGetValue(sessionId, out var others) && others.Remove(mine) && others.Count == 0)
            {
                waiting.Remove(sessionId);
            }
        }
    }
}
