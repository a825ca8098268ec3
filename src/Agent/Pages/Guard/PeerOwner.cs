using System.Net;

namespace Evercard.Agent.Pages.Guard;

/// <summary>Whether a loopback connection comes from the user who runs this agent (AGENT-OTHER). Where it cannot be told, it does not.</summary>
public static class PeerOwner
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <param name="peer">The other end.</param>
    /// <param name="own">This end.</param>
    public static bool IsOwnUser(IPEndPoint peer, IPEndPoint own)
    {
        if (OperatingSystem.IsWindows())
        {
            return WindowsPeer.IsOwnSession(peer, own);
        }

        try
        {
            return ProcNetTcp.OwnUser(File.ReadLines("/proc/self/status")) is { } ours
                && Tables.Where(File.Exists).Select(table => ProcNetTcp.FindOwner(File.ReadLines(table), peer, own)).FirstOrDefault(uid => uid is not null) == ours;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
