using System.Net.Sockets;

namespace Evercard.DevHost.Faults;

/// <summary>The agent's network: cut, it loses its connections at once and gets no new one.</summary>
public sealed class NetworkSwitch
{
    private readonly Lock changing = new();
    private readonly HashSet<NetworkStream> open = [];
    private bool cut;

    public bool IsCut
    {
        get
        {
            lock (changing)
            {
                return cut;
            }
        }
    }

    /// <summary>For <see cref="Agent.AgentOptions.Dial"/>.</summary>
    /// <exception cref="IOException">The network is cut.</exception>
    public async ValueTask<Stream> Dial(Uri server, CancellationToken cancellation)
    {
        RequireNetwork();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server.DnsSafeHost, server.Port, cancellation);
            var stream = new NetworkStream(socket, ownsSocket: true);
            lock (changing)
            {
                RequireNetwork();
                open.RemoveWhere(one => !one.Socket.Connected);
                open.Add(stream);
            }

            return stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Cut()
    {
        lock (changing)
        {
            cut = true;
            foreach (var stream in open)
            {
                stream.Dispose();
            }

            open.Clear();
        }
    }

    public void Mend()
    {
        lock (changing)
        {
            cut = false;
        }
    }

    private void RequireNetwork()
    {
        if (IsCut)
        {
            throw new IOException("The network is cut.");
        }
    }
}
