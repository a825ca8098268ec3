using System.Net;
using System.Net.Sockets;

namespace Evercard.DevHost;

public static class LoopbackPort
{
    /// <summary>A port that nobody uses now: certificates name the server's address before the server listens.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
