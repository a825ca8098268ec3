using System.Buffers.Binary;
using System.Net.Sockets;

namespace Evercard.CardSimulator.Vpcd;

/// <summary>vpcd's messages, in either direction: 2-byte big-endian length, then the body.</summary>
internal sealed class VpcdStream(Socket socket)
{
    private const int LengthSize = 2;
    private const int TcpProtocol = 6;
    private const int TcpQuickAck = 12;
    private static readonly byte[] One = [1, 0, 0, 0];

    /// <returns>Null where the other side has closed the connection.</returns>
    public async Task<ReadOnlyMemory<byte>?> Receive(CancellationToken cancellation)
    {
        var length = new byte[LengthSize];
        if (!await Fill(length, cancellation))
        {
            return null;
        }

        var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        return await Fill(body, cancellation) ? body : null;
    }

    public async Task Send(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        // One send: two would wait for each other (Nagle).
        var message = new byte[LengthSize + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(message, (ushort)body.Length);
        body.CopyTo(message.AsMemory(LengthSize));
        for (var sent = 0; sent < message.Length;)
        {
            sent += await socket.SendAsync(message.AsMemory(sent), cancellation);
        }
    }

    private async Task<bool> Fill(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (!buffer.IsEmpty)
        {
            if (OperatingSystem.IsLinux())
            {
                // vpcd sends length and body apart and lets Nagle wait for our acknowledgement of the first: 40 ms on
                // every APDU. The option lasts for one receive.
                socket.SetRawSocketOption(TcpProtocol, TcpQuickAck, One);
            }

            var received = await socket.ReceiveAsync(buffer, cancellation);
            if (received == 0)
            {
                return false;
            }

            buffer = buffer[received..];
        }

        return true;
    }
}
