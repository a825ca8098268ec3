using System.Collections.Concurrent;
using System.Security.Cryptography;
using Evercard.Protocol;

namespace Evercard.Agent.Link;

/// <summary>Requests that wait for the server's answer, by their id.</summary>
/// <param name="within">How long the server may say nothing at all: an answer that was lost must not keep anybody waiting for ever.</param>
/// <param name="time">Measures it.</param>
internal sealed class PendingRequests(TimeSpan within, TimeProvider time)
{
    private int heard;
    private readonly ConcurrentDictionary<string, Pending> byId = new(StringComparer.Ordinal);

    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Sends a request and waits for its answer, or for the end of the link.</summary>
    public async Task<AgentOutcome<T>> Ask<T>(
        Message request, string requestId, Func<Message, CancellationToken, Task<bool>> send, IProgress<Progress>? progress, CancellationToken cancellation)
        where T : Message
    {
        var mine = new Pending(progress);
        byId[requestId] = mine;
        try
        {
            if (!await send(request, cancellation))
            {
                return new AgentOutcome<T>.Refused(AgentRefusals.ServiceUnreachable);
            }

            return await Wait(mine, cancellation) switch
            {
                T done => new AgentOutcome<T>.Done(done),
                Refused refused => new AgentOutcome<T>.Refused(refused),
                _ => new AgentOutcome<T>.Refused(AgentRefusals.Unexpected),
            };
        }
        finally
        {
            byId.TryRemove(requestId, out _);
        }
    }

    /// <summary>The server said something, whatever it was.</summary>
    public void Heard() => Interlocked.Increment(ref heard);

    public void Answer(string requestId, Message answer)
    {
        if (byId.TryGetValue(requestId, out var waiting))
        {
            waiting.Answer.TrySetResult(answer);
        }
    }

    public void Report(Progress progress)
    {
        if (byId.TryGetValue(progress.RequestId, out var waiting))
        {
            waiting.Progress?.Report(progress);
        }
    }

    /// <summary>The link is gone: no answer will come.</summary>
    public void GiveUp()
    {
        foreach (var waiting in byId.Values)
        {
            waiting.Answer.TrySetResult(AgentRefusals.ServiceUnreachable);
        }
    }

    private async Task<Message> Wait(Pending mine, CancellationToken cancellation)
    {
        while (true)
        {
            var before = Volatile.Read(ref heard);
            try
            {
                return await mine.Answer.Task.WaitAsync(within, time, cancellation);
            }
            catch (TimeoutException)
            {
                if (Volatile.Read(ref heard) == before)
                {
                    return AgentRefusals.ServiceUnreachable;
                }
            }
        }
    }

    private sealed class Pending(IProgress<Progress>? progress)
    {
        public IProgress<Progress>? Progress { get; } = progress;

        public TaskCompletionSource<Message> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
