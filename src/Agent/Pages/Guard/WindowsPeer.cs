using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Evercard.Agent.Pages.Guard;

/// <summary>Windows tells which process has a connection, and in which session of which user it runs.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsPeer
{
    private const int OwnerPidConnections = 4;
    private const uint InterNetwork = 2;
    private const int RowBytes = 24;
    private const uint InsufficientBuffer = 122;

    /// <returns>Whether the process at the other end runs in the session of this one; false where it cannot be found.</returns>
    public static bool IsOwnSession(IPEndPoint local, IPEndPoint remote) =>
        FindProcess(local, remote) is { } peer && ProcessIdToSessionId(peer, out var theirs)
        && ProcessIdToSessionId((uint)Environment.ProcessId, out var ours) && theirs == ours;

    /// <summary>MIB_TCPTABLE_OWNER_PID: a count, then rows of state, local address, local port, remote address, remote port, process.</summary>
    private static uint? FindProcess(IPEndPoint local, IPEndPoint remote)
    {
        var table = Array.Empty<byte>();
        var length = 0u;
        while (GetExtendedTcpTable(table, ref length, order: false, InterNetwork, OwnerPidConnections, 0) is var result and not 0)
        {
            if (result != InsufficientBuffer)
            {
                return null;
            }

            table = new byte[length];
        }

        var count = table.Length < 4 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(table);
        for (var i = 0; i < count && 4 + ((i + 1) * RowBytes) <= table.Length; i++)
        {
            var row = table.AsSpan(4 + (i * RowBytes), RowBytes);
            if (Read(row[4..]).Equals(local) && Read(row[12..]).Equals(remote))
            {
                return BinaryPrimitives.ReadUInt32LittleEndian(row[20..]);
            }
        }

        return null;
    }

    private static IPEndPoint Read(ReadOnlySpan<byte> addressAndPort) =>
        new(new IPAddress(addressAndPort[..4]), BinaryPrimitives.ReadUInt16BigEndian(addressAndPort[4..]));

    [LibraryImport("iphlpapi.dll")]
    private static partial uint GetExtendedTcpTable(
        [Out] byte[] table, ref uint length, [MarshalAs(UnmanagedType.Bool)] bool order, uint family, int tableClass, uint reserved);

    [LibraryImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ProcessIdToSessionId(uint process, out uint session);
}
