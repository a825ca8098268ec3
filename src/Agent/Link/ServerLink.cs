using System.Net.WebSockets;
using Evercard.Protocol;
using Microsoft.Extensions.Logging;

namespace Evercard.Agent.Link;

/// <summary>
/// The agent's link to the server that it is pinned to: dials out, proves the device key, and dials again whenever the
/// link is lost.
/// </summary>
/// <param name="received">Gets each message after the welcome, one at a time; must not block.</param>
/// <param name="pagesPort">Port of the agent's own pages; 0 where it has none.</param>
/// <param name="changed">Told true after the welcome and false when the link is gone; must not block.</param>
internal sealed class ServerLink(
    AgentOptions options, DeviceKey key, Func<int> pagesPort, Action<Message> received, Action<bool> changed, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(2);
    private volatile MessageSocket? welcomed;

    /// <summary>Scheme, host and port that this agent is pinned to.</summary>
    public string ServerOrigin { get; } = HelloStatement.OriginOf(options.ServerAddress);

    public bool IsUp => welcomed is not null;

    /// <summary>The server's refusal of this agent itself (AGENT-OLD), from the last link.</summary>
    public Refused? Notice { get; private set; }

    /// <returns>False where there is no link.</returns>
    public async Task<bool> Send(Message message, CancellationToken cancellation)
    {
        try
        {
            return welcomed is { } socket && await socket.Send(message, cancellation);
        }
        catch (ObjectDisposedException)
        {
            // The link ended between the look and the send.
            return false;
        }
    }

    /// <summary>Keeps the link until cancelled.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        var backoff = new Backoff(options.ReconnectAfter, options.ReconnectAtMost);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await Hold(backoff, cancellation);
            }
            catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or OperationCanceledException)
            {
                log.LogInformation("No link to {Server}: {Why}", ServerOrigin, e.GetType().Name);
            }
            catch (Exception e)
            {
                // Whatever it is, an agent that gives up silently helps nobody.
                log.LogError(e, "The link to {Server} failed", ServerOrigin);
            }

            await Task.Delay(backoff.Next(), time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Hold(Backoff backoff, CancellationToken cancellation)
    {
        using var webSocket = new ClientWebSocket();
        webSocket.Options.KeepAliveInterval = KeepAlive;
        webSocket.Options.KeepAliveTimeout = KeepAlive;
        using var late = new CancellationTokenSource(options.WelcomeWithin, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        using var dialling = options.Dial is { } dial
            ? new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = (context, ct) => dial(context.InitialRequestMessage.RequestUri!, ct) })
            : null;
        await webSocket.ConnectAsync(Address(), dialling, limit.Token);
        using var socket = new MessageSocket(webSocket);
        try
        {
            if (!await Greet(socket, limit.Token))
            {
                return;
            }

            late.CancelAfter(Timeout.InfiniteTimeSpan);
            backoff.Reset();
            welcomed = socket;
            log.LogInformation("Linked to {Server}", ServerOrigin);
            changed(true);
            await Receive(socket, cancellation);
        }
        finally
        {
            if (welcomed is not null)
            {
                welcomed = null;
                log.LogInformation("The link to {Server} is gone", ServerOrigin);
                changed(false);
            }

            await socket.Close(WebSocketCloseStatus.NormalClosure, "goodbye", GoodbyeWithin);
        }
    }

    /// <summary>Challenge, hello, welcome.</summary>
    private async Task<bool> Greet(MessageSocket socket, CancellationToken cancellation)
    {
        if (await socket.Receive(cancellation) is not Received.One { Message: Challenge challenge })
        {
            log.LogWarning("{Server} sent no challenge", ServerOrigin);
            return false;
        }

        // What is signed names the pinned origin in any case; this only says early and clearly what is wrong.
        if (challenge.ServerOrigin != ServerOrigin)
        {
            log.LogWarning("{Server} calls itself otherwise: it is not the server that this agent is set up for", ServerOrigin);
            return false;
        }

        var signature = key.Sign(new HelloStatement(challenge.Nonce, ServerOrigin, key.AgentId));
        await socket.Send(
            new Hello(MessageCodec.ProtocolVersion, options.Version, key.PublicKey, options.ComputerName, time.GetUtcNow(), signature, pagesPort()),
            cancellation);
        switch (await socket.Receive(cancellation))
        {
            case Received.One { Message: Welcome }:
                Notice = null;
                return true;
            case Received.One { Message: Refused { RequestId: null } refused }:
                Notice = refused;
                log.LogWarning("{Server} refused this agent: {Code}", ServerOrigin, refused.Code);
                return false;
            default:
                log.LogWarning("{Server} did not welcome this agent", ServerOrigin);
                return false;
        }
    }

    private async Task Receive(MessageSocket socket, CancellationToken cancellation)
    {
        while (true)
        {
            switch (await socket.Receive(cancellation))
            {
                case Received.One { Message: Refused { RequestId: null } refused }:
                    Notice = refused;
                    log.LogWarning("{Server} limits this agent: {Code}", ServerOrigin, refused.Code);
                    break;
                case Received.One one:
                    received(one.Message);
                    break;
                case Received.Fault fault:
                    log.LogWarning("The link is cut: {Fault}", fault.Why);
                    await socket.Close(fault.Status, fault.Why, GoodbyeWithin);
                    return;
                default:
                    return;
            }
        }
    }

    private Uri Address()
    {
        var scheme = options.ServerAddress.Scheme is "https" or "wss" ? "wss" : "ws";
        return new UriBuilder(new Uri(options.ServerAddress, "agent")) { Scheme = scheme }.Uri;
    }
}
