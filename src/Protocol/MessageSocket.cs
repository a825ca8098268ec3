using System.Buffers;
using System.Net.WebSockets;

namespace Evercard.Protocol;

/// <summary>What came over a link.</summary>
public abstract record Received
{
    public sealed record One(Message Message) : Received;

    /// <summary>Something that is no message; the link must be closed.</summary>
    /// <param name="Why">Quotes nothing of what came.</param>
    /// <param name="Status">How to close.</param>
    public sealed record Fault(string Why, WebSocketCloseStatus Status) : Received;

    /// <summary>The other side closed the link, or it broke.</summary>
    public sealed record Closed : Received;
}

/// <summary>Messages over one WebSocket: one text frame each. One reader; writers take turns.</summary>
public sealed class MessageSocket(WebSocket socket) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(MessageCodec.MaxBytes + 1);

    /// <exception cref="OperationCanceledException">The wait was given up; the socket is of no use any more.</exception>
    public async Task<Received> Receive(CancellationToken cancellation)
    {
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return new Received.Closed();
                }

                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Binary)
                {
                    return new Received.Fault("the frame is binary", WebSocketCloseStatus.InvalidMessageType);
                }

                if (length > MessageCodec.MaxBytes)
                {
                    return new Received.Fault("the frame is too long", WebSocketCloseStatus.MessageTooBig);
                }

                if (part.EndOfMessage)
                {
                    return MessageCodec.TryDecode(buffer.AsSpan(0, length), out var message, out var fault)
                        ? new Received.One(message)
                        : new Received.Fault(fault, WebSocketCloseStatus.PolicyViolation);
                }
            }
        }
        catch (Exception e) when (IsBroken(e) || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Received.Closed();
        }
    }

    /// <returns>False where the link is gone.</returns>
    /// <exception cref="InvalidOperationException">The message breaks its own rules.</exception>
    public async Task<bool> Send(Message message, CancellationToken cancellation)
    {
        var bytes = MessageCodec.Encode(message);
        await turn.WaitAsync(cancellation);
        try
        {
            if (socket.State != WebSocketState.Open)
            {
                return false;
            }

            await socket.SendAsync(bytes.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancellation);
            return true;
        }
        catch (Exception e) when (IsBroken(e) || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Says goodbye, without waiting for the answer longer than <paramref name="atMost"/>.</summary>
    public async Task Close(WebSocketCloseStatus status, string why, TimeSpan atMost)
    {
        using var limit = new CancellationTokenSource(atMost);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(status, why, limit.Token);
            }
        }
        catch (Exception e) when (IsBroken(e) || e is OperationCanceledException)
        {
            socket.Abort();
        }
    }

    // An aborted socket answers "cancelled" to a wait that nobody cancelled; a disposed one is an invalid operation.
    private static bool IsBroken(Exception e) => e is WebSocketException or IOException or InvalidOperationException;

    public void Abort() => socket.Abort();

    public void Dispose()
    {
        // The semaphore is left to the garbage collector: whoever still waits for a turn must get it, and find the socket gone.
        socket.Dispose();
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
    }
}
