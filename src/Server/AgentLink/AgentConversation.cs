using System.Net.WebSockets;
using System.Threading.Channels;
using Evercard.Protocol;

namespace Evercard.Server.AgentLink;

/// <summary>A welcomed link until its end: reads messages, hands replies to scripts and requests to the features.</summary>
internal sealed class AgentConversation(
    AgentConnection connection, MessageSocket socket, ConnectedAgents connected, AgentRequests requests, ILogger log)
{
    private const int MostWaiting = 64;
    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EndsWithin = TimeSpan.FromMilliseconds(500);
    private readonly Channel<Message> inOrder = Channel.CreateBounded<Message>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private Task act = Task.CompletedTask;

    /// <param name="cancellation">Ends the link.</param>
    /// <param name="serverStops">Ends requests in progress; a lost link alone does not.</param>
    public async Task Hold(CancellationToken cancellation, CancellationToken serverStops)
    {
        try
        {
            connection.Standing = await requests.Connected(connection, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Agent {Agent} could not be recorded", connection.AgentId);
            await socket.Close(WebSocketCloseStatus.InternalServerError, "try again", GoodbyeWithin);
            return;
        }

        if (connected.Add(connection) is { } older)
        {
            await older.Close(WebSocketCloseStatus.PolicyViolation, "replaced by a newer link");
        }

        var presence = AnswerInOrder(serverStops);
        try
        {
            await connection.Send(new Welcome(connection.Standing, connection.WelcomedAt), cancellation);
            if (connection.IsTooOld)
            {
                await connection.Send(AgentLinkRefusals.AgentOld(connection.Options), cancellation);
            }

            await Receive(cancellation, serverStops);
        }
        finally
        {
            connected.Remove(connection);
            connection.Lose();
            inOrder.Writer.TryComplete();
            await Guard(null, () => requests.Disconnected(connection));
            await Task.WhenAll(presence, act);
        }
    }

    private async Task Receive(CancellationToken cancellation, CancellationToken serverStops)
    {
        while (true)
        {
            var received = await socket.Receive(cancellation);
            var (fault, status) = received switch
            {
                Received.One one => (Take(one.Message, serverStops), WebSocketCloseStatus.PolicyViolation),
                Received.Fault wrong => (wrong.Why, wrong.Status),
                _ => (null, WebSocketCloseStatus.NormalClosure),
            };
            if (fault is not null)
            {
                log.LogWarning("Agent {Agent} is cut off: {Fault}", connection.AgentId, fault);
            }

            if (fault is not null || received is Received.Closed)
            {
                await socket.Close(status, fault ?? "goodbye", GoodbyeWithin);
                return;
            }
        }
    }

    /// <returns>Why the link must end, or null.</returns>
    private string? Take(Message message, CancellationToken serverStops)
    {
        switch (message)
        {
            case ScriptDone done:
                connection.Deliver(done);
                return null;
            case ScriptRefused refused:
                log.LogWarning("Agent {Agent} refused a script: {Reason}", connection.AgentId, refused.Reason);
                connection.Deliver(refused);
                return null;
            case SeeCard or CardGone or LogOut:
                return inOrder.Writer.TryWrite(message) ? null : "too many messages";
            case LogIn logIn:
                Begin(logIn.RequestId, () => requests.LogIn(connection, logIn, serverStops));
                return null;
            case Renew renew:
                Begin(renew.RequestId, () => requests.Renew(connection, renew, serverStops));
                return null;
            default:
                return "a message that only servers send";
        }
    }

    /// <summary>One act at a time. The one before may have told its outcome already and be about to end: it is waited for, briefly.</summary>
    private void Begin(string requestId, Func<Task> answer)
    {
        var before = act;
        act = Task.Run(
            async () =>
            {
                await Task.WhenAny(before, Task.Delay(EndsWithin));
                if (before.IsCompleted)
                {
                    await Guard(requestId, answer);
                    return;
                }

                await connection.Send(AgentLinkRefusals.ActInProgress(requestId));
                await before;
            },
            CancellationToken.None);
    }

    private async Task AnswerInOrder(CancellationToken serverStops)
    {
        await foreach (var message in inOrder.Reader.ReadAllAsync(CancellationToken.None))
        {
            await Guard((message as SeeCard)?.RequestId, () => message switch
            {
                SeeCard see => requests.SeeCard(connection, see, serverStops),
                CardGone gone => requests.CardGone(connection, gone, serverStops),
                LogOut end => requests.LogOut(connection, end, serverStops),
                _ => Task.CompletedTask,
            });
        }
    }

    private async Task Guard(string? requestId, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (Exception e)
        {
            log.LogError(e, "A request of agent {Agent} failed", connection.AgentId);
            if (requestId is not null)
            {
                await connection.Send(AgentLinkRefusals.Failed(requestId));
            }
        }
    }
}
