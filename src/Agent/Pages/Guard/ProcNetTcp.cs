using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Evercard.Agent.Pages.Guard;

/// <summary>Reads /proc/net/tcp and /proc/net/tcp6 (proc(5)): one connection a line, with the user who made the socket.</summary>
public static class ProcNetTcp
{
    private const int LocalAddress = 1;
    private const int RemoteAddress = 2;
    private const int Uid = 7;

    /// <summary>The user id of the socket whose own end is <paramref name="local"/> and whose other end is <paramref name="remote"/>.</summary>
    /// <returns>Null where no line tells of it.</returns>
    public static uint? FindOwner(IEnumerable<string> lines, IPEndPoint local, IPEndPoint remote)
    {
        foreach (var line in lines)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > Uid && TryReadEndPoint(fields[LocalAddress], out var own) && own.Equals(local)
                && TryReadEndPoint(fields[RemoteAddress], out var other) && other.Equals(remote)
                && uint.TryParse(fields[Uid], NumberStyles.None, CultureInfo.InvariantCulture, out var uid))
            {
                return uid;
            }
        }

        return null;
    }

    /// <summary>"0100007F:8C78" is 127.0.0.1:35960: words of four bytes as this computer keeps them, then the port. Mapped IPv4 is told as IPv4.</summary>
    public static bool TryReadEndPoint(string text, out IPEndPoint endPoint)
    {
        endPoint = new IPEndPoint(IPAddress.None, 0);
        var parts = text.Split(':');
        if (parts.Length != 2 || parts[0].Length is not (8 or 32) || parts[1].Length != 4
            || !ushort.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var bytes = new byte[parts[0].Length / 2];
        for (var word = 0; word < bytes.Length / 4; word++)
        {
            if (!uint.TryParse(parts[0].AsSpan(word * 8, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            if (BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(word * 4), value);
            }
            else
            {
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(word * 4), value);
            }
        }

        var address = new IPAddress(bytes);
        endPoint = new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
        return true;
    }

    /// <summary>The line "Uid:" of /proc/self/status: real, effective, saved and file system user id. Sockets belong to the last.</summary>
    public static uint? OwnUser(IEnumerable<string> statusLines) =>
        statusLines.FirstOrDefault(line => line.StartsWith("Uid:", StringComparison.Ordinal))?.Split('\t', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, var own]
        && uint.TryParse(own, NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            ? uid
            : null;
}
