using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Evercard.Tests.Agent;

/// <summary>Stands between agent and server and copies every frame.</summary>
internal sealed class TappedLink : IAsyncDisposable
{
    private readonly WebApplication app;

    private TappedLink(WebApplication app, ConcurrentQueue<string> frames) => (this.app, Frames, Address) = (app, frames, new Uri(app.Urls.Single()));

    public Uri Address { get; }

    public ConcurrentQueue<string> Frames { get; }

    public static async Task<TappedLink> Start(Uri server)
    {
        var frames = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var tap = builder.Build();
        tap.UseWebSockets();
        tap.MapGet("/agent", async context =>
        {
            using var agent = await context.WebSockets.AcceptWebSocketAsync();
            using var onward = new ClientWebSocket();
            await onward.ConnectAsync(new UriBuilder(new Uri(server, "agent")) { Scheme = "ws" }.Uri, context.RequestAborted);
            await Task.WhenAny(Copy(agent, onward, frames), Copy(onward, agent, frames));
        });
        await tap.StartAsync();
        return new TappedLink(tap, frames);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task Copy(WebSocket from, WebSocket to, ConcurrentQueue<string> frames)
    {
        var buffer = new byte[128 * 1024];
        try
        {
            while (await from.NextFrame(buffer) is { } frame)
            {
                frames.Enqueue(Encoding.UTF8.GetString(frame.Span));
                await to.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // One side is gone, and so is the tap.
        }
    }
}
