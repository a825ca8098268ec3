using System.Buffers.Binary;
using Evercard.DevHost.Link;

namespace Evercard.Tests.DevHost;

public sealed class FrameReaderTests
{
    private const byte Text = 0x1, Continuation = 0x0, Ping = 0x9;
    private static readonly byte[] Head = "GET /agent HTTP/1.1\r\nUpgrade: websocket\r\n\r\n"u8.ToArray();

    [Fact]
    public void Messages_of_every_length_form_are_counted_wherever_the_bytes_are_split()
    {
        byte[] stream = [.. Head, .. Frame(Text, 0), .. Frame(Text, 125, masked: true), .. Frame(Text, 126), .. Frame(Text, 70_000, masked: true)];
        foreach (var size in (int[])[1, 2, 3, 7, 64, 1_000, stream.Length])
        {
            var reader = new FrameReader();
            stream.Chunk(size).Sum(part => reader.Read(part)).ShouldBe(4);
        }
    }

    [Fact]
    public void A_message_in_parts_counts_once() =>
        new FrameReader().Read([.. Head, .. Frame(Text, 5, final: false), .. Frame(Continuation, 5, final: false), .. Frame(Continuation, 5)]).ShouldBe(1);

    [Fact]
    public void Pings_are_no_messages() => new FrameReader().Read([.. Head, .. Frame(Ping, 3), .. Frame(Text, 3)]).ShouldBe(1);

    /// <summary>RFC 6455, 5.2; the payload is zeros.</summary>
    private static byte[] Frame(byte opcode, int length, bool masked = false, bool final = true)
    {
        var mask = masked ? (byte)0x80 : (byte)0;
        byte[] lengthBytes;
        if (length < 126)
        {
            lengthBytes = [(byte)(mask | length)];
        }
        else if (length <= ushort.MaxValue)
        {
            lengthBytes = [(byte)(mask | 126), 0, 0];
            BinaryPrimitives.WriteUInt16BigEndian(lengthBytes.AsSpan(1), (ushort)length);
        }
        else
        {
            lengthBytes = [(byte)(mask | 127), .. new byte[8]];
            BinaryPrimitives.WriteInt64BigEndian(lengthBytes.AsSpan(1), length);
        }

        return [(byte)((final ? 0x80 : 0) | opcode), .. lengthBytes, .. new byte[masked ? 4 : 0], .. new byte[length]];
    }
}
