using System.Buffers.Binary;

namespace Evercard.DevHost.Link;

/// <summary>Counts the messages in one direction of a WebSocket as its bytes go by: the end of each data frame that is final (RFC 6455, 5.2).</summary>
public sealed class FrameReader
{
    private const int ControlFrames = 8;
    private static readonly byte[] EndOfHead = "\r\n\r\n"u8.ToArray();
    private readonly byte[] header = new byte[14];
    private int headerLength;
    private int matched;
    private long payloadLeft;
    private bool countsAtItsEnd;

    /// <returns>How many messages ended in these bytes.</returns>
    public int Read(ReadOnlySpan<byte> bytes)
    {
        var messages = 0;
        while (!bytes.IsEmpty)
        {
            if (matched < EndOfHead.Length)
            {
                // The HTTP request or answer that opened the WebSocket.
                matched = bytes[0] == EndOfHead[matched] ? matched + 1 : bytes[0] == EndOfHead[0] ? 1 : 0;
                bytes = bytes[1..];
            }
            else if (payloadLeft > 0)
            {
                var part = (int)Math.Min(payloadLeft, bytes.Length);
                payloadLeft -= part;
                bytes = bytes[part..];
                messages += Ended();
            }
            else
            {
                header[headerLength++] = bytes[0];
                bytes = bytes[1..];
                messages += HeaderIsComplete() ? Ended() : 0;
            }
        }

        return messages;
    }

    private bool HeaderIsComplete()
    {
        if (headerLength < 2)
        {
            return false;
        }

        var shortLength = header[1] & 0x7F;
        var lengthBytes = shortLength switch { 126 => 2, 127 => 8, _ => 0 };
        var maskBytes = (header[1] & 0x80) == 0 ? 0 : 4;
        if (headerLength < 2 + lengthBytes + maskBytes)
        {
            return false;
        }

        payloadLeft = lengthBytes switch
        {
            2 => BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)),
            8 => BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(2)),
            _ => shortLength,
        };
        countsAtItsEnd = (header[0] & 0x80) != 0 && (header[0] & 0x0F) < ControlFrames;
        headerLength = 0;
        return true;
    }

    private int Ended()
    {
        if (payloadLeft > 0 || !countsAtItsEnd)
        {
            return 0;
        }

        countsAtItsEnd = false;
        return 1;
    }
}
