using System.Net;
using System.Net.Sockets;

namespace Evercard.DevHost;

public static class LoopbackPort
{
    /// <summary>The port of the last run in this folder, where it is free: certificates on lasting cards name it.</summary>
    public static int Remembered(DataFolder folder)
    {
        var file = Path.Combine(folder.Path, "port");
        if (File.Exists(file) && ushort.TryParse(File.ReadAllText(file), out var known) && IsFree(known))
        {
            return known;
        }

        var port = Free();
        if (!File.Exists(file))
        {
            File.WriteAllText(file, $"{port}");
        }

        return port;
    }

    /// <summary>A port that nobody uses now: certificates name the server's address before the server listens.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>This port where nobody uses it, otherwise any.</summary>
    public static int FreeOr(int wanted) => IsFree(wanted) ? wanted : Free();

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
