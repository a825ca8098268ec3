using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Evercard.Tests.Agent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Evercard.Tests.Faults.Link;

/// <summary>Stands between agents and a server and does to one message of one link what a network, or a bad program, may do.</summary>
internal sealed class FaultyLink : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Passage> passages = new(StringComparer.Ordinal);

    private FaultyLink(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public static async Task<FaultyLink> Start(Uri server)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var link = new FaultyLink(builder.Build());
        link.app.UseWebSockets();
        link.app.MapGet("/{name}/agent", (HttpContext context, string name) => link.passages[name].Carry(context, server));
        await link.app.StartAsync();
        return link;
    }

    /// <summary>The way of one agent. The fault strikes once; a link that comes after it is carried as it is.</summary>
    public (Uri Address, Passage Passage) Way(Fault? fault)
    {
        var name = Guid.NewGuid().ToString("N");
        return (new Uri(Address, name + "/"), passages[name] = new Passage(fault));
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>What goes over the links of one agent.</summary>
    internal sealed class Passage(Fault? fault)
    {
        private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);
        private readonly List<(string Name, int Nth)> messages = [];
        private readonly List<Func<Task>> held = [];
        private readonly Lock gate = new();

        public bool Struck { get; private set; }

        public IReadOnlyList<(string Name, int Nth)> Messages
        {
            get
            {
                lock (gate)
                {
                    return [.. messages];
                }
            }
        }

        /// <summary>What was held back arrives after all.</summary>
        public async Task Release()
        {
            Func<Task>[] late;
            lock (gate)
            {
                late = [.. held];
                held.Clear();
            }

            foreach (var send in late)
            {
                await send();
            }
        }

        public async Task Carry(HttpContext context, Uri server)
        {
            using var agent = await context.WebSockets.AcceptWebSocketAsync();
            using var onward = new ClientWebSocket();
            await onward.ConnectAsync(new UriBuilder(new Uri(server, "agent")) { Scheme = "ws" }.Uri, context.RequestAborted);
            await Task.WhenAny(Copy(agent, onward, "from agent"), Copy(onward, agent, "from server"));
            agent.Abort();
            onward.Abort();
        }

        private async Task Copy(WebSocket from, WebSocket to, string direction)
        {
            var buffer = new byte[128 * 1024];
            using var turn = new SemaphoreSlim(1, 1);
            byte[]? swapped = null;
            try
            {
                while (await from.NextFrame(buffer) is { } next)
                {
                    var frame = next.ToArray();
                    var kind = Strike(direction, frame);
                    if (kind is FaultKind.LinkCutBefore)
                    {
                        return;
                    }

                    if (kind is FaultKind.MessageLate)
                    {
                        lock (gate)
                        {
                            held.Add(() => Send(to, turn, frame));
                        }
                    }
                    else if (kind is FaultKind.MessagesSwapped)
                    {
                        swapped = frame;
                    }
                    else if (kind is not FaultKind.MessageLost)
                    {
                        await Send(to, turn, frame);
                        foreach (var again in new[] { kind is FaultKind.MessageDoubled ? frame : null, swapped }.OfType<byte[]>())
                        {
                            await Send(to, turn, again);
                        }

                        swapped = null;
                    }

                    if (kind is FaultKind.LinkCutAfter)
                    {
                        return;
                    }
                }
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One side is gone, and so is the way.
            }
        }

        /// <returns>What happens to this message; null: nothing.</returns>
        private FaultKind? Strike(string direction, byte[] frame)
        {
            using var json = JsonDocument.Parse(frame);
            var name = $"{json.RootElement.GetProperty("type").GetString()} {direction}";
            lock (gate)
            {
                var nth = seen[name] = seen.GetValueOrDefault(name) + 1;
                messages.Add((name, nth));
                if (Struck || fault is null || fault.Step != name || fault.At != nth)
                {
                    return null;
                }

                Struck = true;
                return fault.Kind;
            }
        }

        private static async Task Send(WebSocket to, SemaphoreSlim turn, byte[] frame)
        {
            try
            {
                await turn.WaitAsync();
                await to.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                turn.Release();
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // The other side is gone.
            }
        }
    }
}
