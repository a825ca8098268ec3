using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Evercard.DevHost.Link;

/// <summary>
/// A network that is farther away: every byte between agent and server arrives half a round-trip time after it was sent, in
/// order, on loopback only. Delay is added, not bandwidth taken.
/// </summary>
public sealed class DelayedLink : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly TimeSpan oneWay;
    private readonly int serverPort;
    private readonly LinkTap? tap;

    /// <param name="serverPort">Where the server listens on this computer.</param>
    /// <param name="roundTrip">Added to each round trip.</param>
    /// <param name="tap">Told the messages that go by.</param>
    public DelayedLink(int serverPort, TimeSpan roundTrip, LinkTap? tap = null)
    {
        (this.serverPort, oneWay, this.tap) = (serverPort, roundTrip / 2, tap);
        listener.Start();
        _ = Accept();
    }

    /// <summary>Where agents connect instead.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public void Dispose()
    {
        ended.Cancel();
        listener.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Join(await listener.AcceptTcpClientAsync(ended.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Ended.
        }
    }

    private async Task Join(TcpClient agent)
    {
        using var server = new TcpClient { NoDelay = true };
        using (agent)
        {
            agent.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, serverPort, ended.Token);
                await Task.WhenAny(Carry(agent, server, fromAgent: true), Carry(server, agent, fromAgent: false));
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
            {
                // Either side is gone: so is the other.
            }
        }
    }

    private async Task Carry(TcpClient from, TcpClient to, bool fromAgent)
    {
        var under = Channel.CreateUnbounded<(long Due, byte[] Bytes)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var arriving = Arrive(under.Reader, to.GetStream());
        var frames = tap is null ? null : new FrameReader();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.GetStream().ReadAsync(buffer, ended.Token)) > 0)
        {
            tap?.Note(fromAgent, frames!.Read(buffer.AsSpan(0, read)));
            await under.Writer.WriteAsync((TimeProvider.System.GetTimestamp(), buffer[..read]), ended.Token);
        }

        under.Writer.Complete();
        await arriving;
    }

    private async Task Arrive(ChannelReader<(long Sent, byte[] Bytes)> under, NetworkStream to)
    {
        await foreach (var (sent, bytes) in under.ReadAllAsync(ended.Token))
        {
            var rest = oneWay - TimeProvider.System.GetElapsedTime(sent);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, ended.Token);
            }

            await to.WriteAsync(bytes, ended.Token);
        }
    }
}
