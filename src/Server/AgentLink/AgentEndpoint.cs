using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Evercard.Protocol;

namespace Evercard.Server.AgentLink;

/// <summary>Where agents dial in: GET /agent, a WebSocket. Challenge, hello, welcome; then requests and scripts.</summary>
public static class AgentEndpoint
{
    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(2);

    /// <summary>The link's parts; <see cref="AgentRequests"/> is registered by the features.</summary>
    public static IServiceCollection AddAgentLink(this IServiceCollection services) =>
        services.AddSingleton<AgentLinkOptions>().AddSingleton<ConnectedAgents>().AddSingleton<LinkLimits>();

    /// <summary>Needs UseWebSockets before it.</summary>
    public static IEndpointConventionBuilder MapAgentLink(this IEndpointRouteBuilder app) => app.MapGet("/agent", Accept).AllowAnonymous();

    private static async Task Accept(
        HttpContext context, AgentLinkOptions options, ConnectedAgents connected, LinkLimits limits, AgentRequests requests, TimeProvider time,
        IHostApplicationLifetime lifetime, ILogger<AgentConnection> log)
    {
        if (!context.WebSockets.IsWebSocketRequest || options.ServerOrigin is null)
        {
            context.Response.StatusCode = options.ServerOrigin is null ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest;
            return;
        }

        // Browsers name their origin and agents do not: no page may play the agent.
        if (context.Request.Headers.Origin.Count > 0)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var place = limits.TryEnter(context.Connection.RemoteIpAddress ?? IPAddress.None);
        if (place is null)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        // Without the time-out a computer that lost its network would stay linked, and its sessions open, for a quarter of an hour.
        using var webSocket = await context.WebSockets.AcceptWebSocketAsync(
            new WebSocketAcceptContext { KeepAliveInterval = options.KeepAlive, KeepAliveTimeout = options.KeepAlive });
        using var socket = new MessageSocket(webSocket);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            if (await Greet(socket, place, options, time, log, ending.Token) is { } connection)
            {
                using (connection)
                {
                    await new AgentConversation(connection, socket, connected, requests, log).Hold(ending.Token, lifetime.ApplicationStopping);
                }
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await socket.Close(WebSocketCloseStatus.EndpointUnavailable, "server stops", GoodbyeWithin);
        }
    }

    /// <summary>Challenge and hello.</summary>
    /// <returns>Null, with the link closed, where the agent did not prove its device key.</returns>
    private static async Task<AgentConnection?> Greet(
        MessageSocket socket, LinkLimits.Entry place, AgentLinkOptions options, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        var nonce = RandomNumberGenerator.GetBytes(32);
        var origin = options.ServerOrigin!;
        await socket.Send(
            new Challenge(MessageCodec.ProtocolVersion, nonce, time.GetUtcNow(), options.MinimumAgentVersion.ToString(), origin), cancellation);

        using var late = new CancellationTokenSource(options.HelloWithin, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        Received received;
        try
        {
            received = await socket.Receive(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            socket.Abort();
            return null;
        }

        var fault = received switch
        {
            Received.One { Message: Hello hello } => HelloCheck.FindFault(hello, nonce, origin),
            Received.Fault wrong => wrong.Why,
            Received.Closed => "closed",
            _ => "no hello",
        };
        if (fault is null)
        {
            place.Prove();
            return new AgentConnection(socket, (Hello)((Received.One)received).Message, place.From, time.GetUtcNow(), options, time);
        }

        log.LogWarning("A hello was refused: {Fault}", fault);
        if (fault == HelloCheck.OtherProtocol)
        {
            await socket.Send(AgentLinkRefusals.AgentOld(options), cancellation);
        }

        await socket.Close(WebSocketCloseStatus.PolicyViolation, fault, GoodbyeWithin);
        return null;
    }
}
