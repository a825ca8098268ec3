using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Evercard.Cards;
using Evercard.Protocol;

namespace Evercard.Server.AgentLink;

/// <summary>The live link to one agent that proved its device key.</summary>
public sealed class AgentConnection : IDisposable
{
    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PageWithin = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, PendingScript> pending = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Message>> pages = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource lost = new();
    private readonly MessageSocket socket;
    private readonly TimeProvider time;
    private int faults;

    internal AgentConnection(MessageSocket socket, Hello hello, IPAddress remote, DateTimeOffset now, AgentLinkOptions options, TimeProvider time)
    {
        RemoteAddress = remote;
        this.socket = socket;
        this.time = time;
        Options = options;
        AgentId = HelloStatement.AgentIdOf(hello.AgentPublicKey.Span);
        PublicKey = hello.AgentPublicKey;
        ComputerName = hello.ComputerName;
        Version = hello.AgentVersion;
        IsTooOld = !System.Version.TryParse(hello.AgentVersion, out var version) || version < options.MinimumAgentVersion;
        var error = hello.AgentTime - now;
        ClockError = error.Duration() > options.ClockTolerance ? error : null;
        LinkLost = lost.Token;
        WelcomedAt = now;
        PagesPort = hello.PagesPort;
    }

    /// <summary>Hexadecimal SHA-256 of the device key.</summary>
    public string AgentId { get; }

    /// <summary>Device key: SubjectPublicKeyInfo, DER.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>Tells this link from all others of the agent, at any node.</summary>
    public Guid LinkId { get; } = Guid.NewGuid();

    public IPAddress RemoteAddress { get; }

    public string ComputerName { get; }

    public string Version { get; }

    /// <summary>Below the minimum version: log-in only (AGENT-OLD).</summary>
    public bool IsTooOld { get; }

    /// <summary>How far the computer's clock is ahead, where that is more than is borne (CLOCK-WRONG); otherwise null.</summary>
    public TimeSpan? ClockError { get; }

    /// <summary>Port of the agent's own pages on 127.0.0.1 of its computer; 0 where it has none.</summary>
    public int PagesPort { get; }

    /// <summary>The server's clock when the hello came.</summary>
    public DateTimeOffset WelcomedAt { get; }

    /// <summary>Where the agent is pinned to; what proofs name.</summary>
    public string ServerOrigin => Options.ServerOrigin ?? throw new InvalidOperationException("The server's origin is not set.");

    internal AgentLinkOptions Options { get; }

    /// <summary>Cancelled when the link is gone. Never connected again: a returning agent is a new connection.</summary>
    public CancellationToken LinkLost { get; }

    /// <summary>Which card is in which of its readers.</summary>
    public SeenCards Cards { get; } = new();

    /// <summary>Which readers its computer has.</summary>
    public SeenReaders Readers { get; } = new();

    /// <summary>Replies that did not fit what was asked.</summary>
    public int Faults => Volatile.Read(ref faults);

    /// <returns>False where the link is gone.</returns>
    public Task<bool> Send(Message message, CancellationToken cancellation = default) => socket.Send(message, cancellation);

    /// <summary>Sends a script and waits for its own reply: same script, act and epoch; others are dropped.</summary>
    /// <returns>ScriptDone, or ScriptRefused where the agent ran no step.</returns>
    /// <exception cref="CardConnectionException">LinkLost: the link is gone, the time is over, or the reply does not fit.</exception>
    public async Task<Message> RunScript(RunScript script, CancellationToken cancellation)
    {
        var mine = new PendingScript(script);
        if (!pending.TryAdd(script.ScriptId, mine))
        {
            throw new InvalidOperationException("A script id is used once.");
        }

        try
        {
            // Registered before the check, so that a loss in between is seen by one of the two.
            if (LinkLost.IsCancellationRequested || !await Send(script, cancellation))
            {
                throw new CardConnectionException(CardConnectionFailure.LinkLost, "The link to the card's computer is gone.");
            }

            return await mine.Reply.Task.WaitAsync(Options.ScriptWithin, time, cancellation);
        }
        catch (TimeoutException e)
        {
            throw new CardConnectionException(CardConnectionFailure.LinkLost, "The card's computer gave no reply in time.", e);
        }
        finally
        {
            pending.TryRemove(script.ScriptId, out _);
        }
    }

    /// <summary>Asks the agent to make one of its own pages ready for a joined browser.</summary>
    /// <returns>PageOpened, or Refused by the agent; null where it did not answer in time or is gone.</returns>
    public async Task<Message?> Ask(OpenPage page, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<Message>(TaskCreationOptions.RunContinuationsAsynchronously);
        pages[page.RequestId] = answer;
        try
        {
            if (LinkLost.IsCancellationRequested || !await Send(page, cancellation))
            {
                return null;
            }

            using var gone = LinkLost.Register(() => answer.TrySetCanceled(LinkLost));
            return await answer.Task.WaitAsync(PageWithin, time, cancellation);
        }
        catch (Exception e) when (e is TimeoutException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
        finally
        {
            pages.TryRemove(page.RequestId, out _);
        }
    }

    /// <summary>Hands over the answer to <see cref="Ask"/>.</summary>
    internal void Deliver(string requestId, Message answer)
    {
        if (!pages.TryGetValue(requestId, out var waiting) || !waiting.TrySetResult(answer))
        {
            Interlocked.Increment(ref faults);
        }
    }

    /// <summary>Hands a reply to the script that waits for it.</summary>
    internal void Deliver(ScriptDone done)
    {
        if (!pending.TryGetValue(done.ScriptId, out var waiting) || done.ActId != waiting.Script.ActId || done.Epoch != waiting.Script.Epoch)
        {
            Interlocked.Increment(ref faults);
        }
        else if (done.Answers.Count > waiting.Script.Steps.Count)
        {
            Interlocked.Increment(ref faults);
            waiting.Reply.TrySetException(new CardConnectionException(CardConnectionFailure.LinkLost, "The reply has more answers than the script has steps."));
        }
        else
        {
            waiting.Reply.TrySetResult(done);
        }
    }

    internal void Deliver(ScriptRefused refused)
    {
        if (!pending.TryGetValue(refused.ScriptId, out var waiting) || !waiting.Reply.TrySetResult(refused))
        {
            Interlocked.Increment(ref faults);
        }
    }

    /// <summary>Ends the link: nobody waits for a reply any longer.</summary>
    internal void Lose()
    {
        try
        {
            lost.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The link ended by itself just before.
        }

        foreach (var waiting in pending.Values)
        {
            waiting.Reply.TrySetException(new CardConnectionException(CardConnectionFailure.LinkLost, "The link to the card's computer is gone."));
        }
    }

    /// <summary>Closes the link from this side; an agent that does not answer the goodbye is cut off two seconds later.</summary>
    public async Task Close(WebSocketCloseStatus status, string why)
    {
        Lose();
        await socket.Close(status, why, GoodbyeWithin);
        _ = Task.Delay(GoodbyeWithin, time).ContinueWith(_ => socket.Abort(), TaskScheduler.Default);
    }

    public void Dispose() => lost.Dispose();

    private sealed class PendingScript(RunScript script)
    {
        public RunScript Script { get; } = script;

        public TaskCompletionSource<Message> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
