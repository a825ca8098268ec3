using System.Net.WebSockets;
using Evercard.Protocol;

namespace Evercard.Tests.Protocol;

public class MessageSocketTests
{
    /// <summary>The one who waited got an ObjectDisposedException, or waited for ever.</summary>
    [Fact]
    public async Task A_writer_that_waits_for_its_turn_when_the_link_is_disposed_learns_that_the_link_is_gone()
    {
        var stuck = new StuckSocket();
        var socket = new MessageSocket(stuck);
        var first = socket.Send(new ActEnded("a"), CancellationToken.None);
        var second = socket.Send(new ActEnded("b"), CancellationToken.None);
        socket.Dispose();
        (await first.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeFalse();
        (await second.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeFalse();
    }

    /// <summary>Sends nothing until it is disposed.</summary>
    private sealed class StuckSocket : WebSocket
    {
        private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => ended.Task.IsCompleted ? WebSocketState.Aborted : WebSocketState.Open;

        public override string? SubProtocol => null;

        public override void Abort() => Dispose();

        public override void Dispose() => ended.TrySetException(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => ended.Task;

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
