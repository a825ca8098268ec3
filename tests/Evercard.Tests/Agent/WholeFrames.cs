using System.Net.WebSockets;

namespace Evercard.Tests.Agent;

/// <summary>For whatever stands between agent and server.</summary>
internal static class WholeFrames
{
    /// <summary>The next frame, however many parts it came in; of at most as many bytes as the buffer has.</summary>
    /// <returns>Null where the other side said goodbye.</returns>
    public static async Task<ReadOnlyMemory<byte>?> NextFrame(this WebSocket from, byte[] buffer)
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await from.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return part.MessageType == WebSocketMessageType.Close ? null : buffer.AsMemory(0, length);
    }
}
