using System.Net;
using System.Net.Sockets;
using Evercard.Cards;

namespace Evercard.CardSimulator.Vpcd;

/// <summary>
/// A card plugged into one virtual reader of pcscd through vsmartcard's vpcd. The card is the TCP client; closing the
/// connection takes the card out of the reader.
/// </summary>
/// <param name="card">The card; it gets its power from vpcd.</param>
/// <param name="port">Of the virtual reader, on 127.0.0.1.</param>
public sealed class VpcdEndpoint(SimulatedCard card, int port)
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(200);

    /// <summary>Is told whenever the card has come into the reader (true) or out of it (false).</summary>
    public Action<bool>? Plugged { get; set; }

    /// <summary>Stays plugged until cancelled or until power fails on the card; comes back whenever vpcd is restarted.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void PowerFailed(object? sender, EventArgs e) => end.Cancel();
        card.PowerFailed += PowerFailed;
        try
        {
            while (!end.IsCancellationRequested)
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                if (await Connect(socket, end.Token))
                {
                    Plugged?.Invoke(true);
                    await Serve(new VpcdStream(socket), end.Token);
                    card.PowerOff();
                    Plugged?.Invoke(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked for: the card is taken out.
        }
        finally
        {
            card.PowerFailed -= PowerFailed;
            card.PowerOff();
        }
    }

    private async Task<bool> Connect(Socket socket, CancellationToken cancellation)
    {
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            await Task.Delay(BetweenAttempts, cancellation);
            return false;
        }
    }

    private async Task Serve(VpcdStream reader, CancellationToken cancellation)
    {
        try
        {
            while (await reader.Receive(cancellation) is { } message)
            {
                if (Answer(message.Span) is { } answer)
                {
                    await reader.Send(answer, cancellation);
                }
            }
        }
        catch (SocketException)
        {
            // vpcd is gone: the same as a closed connection.
        }
        catch (CardConnectionException)
        {
            // The card lost its power; closing the connection is how vpcd learns it.
        }
    }

    /// <returns>Null where vpcd waits for no answer.</returns>
    private byte[]? Answer(ReadOnlySpan<byte> message)
    {
        switch (message)
        {
            case [VpcdControl.PowerOff]:
                card.PowerOff();
                return null;
            case [VpcdControl.PowerOn]:
            case [VpcdControl.Reset]:
                card.PowerOn();
                return null;
            case [VpcdControl.GetAtr]:
                return card.Atr.ToArray();
            case [_]:
                return null;
            default:
                return card.Transmit(message);
        }
    }
}
