using System.Net.WebSockets;
using System.Threading.Channels;
using Evercard.Protocol;

namespace Evercard.Server.AgentLink;

/// <summary>A welcomed link until its end: reads messages, hands replies to scripts and requests to the features.</summary>
internal sealed class AgentConversation(
    AgentConnection connection, MessageSocket socket, ConnectedAgents connected, AgentRequests requests, ILogger log)
{
    private const int MostWaiting = 64;

    /// <summary>Acts whose outcome is still on its way: more means that the agent does not listen.</summary>
    private const int MostUntold = 8;
    private static readonly TimeSpan GoodbyeWithin = TimeSpan.FromSeconds(2);
    private readonly Channel<Message> inOrder = Channel.CreateBounded<Message>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private Task act = Task.CompletedTask;
    private int actRuns;
    private int untold;

    /// <param name="cancellation">Ends the link.</param>
    /// <param name="serverStops">Ends requests in progress; a lost link alone does not.</param>
    public async Task Hold(CancellationToken cancellation, CancellationToken serverStops)
    {
        var presence = AnswerInOrder(serverStops);
        var isRecorded = false;
        try
        {
            // Before it is recorded, which ends the sessions of the link before it: no session begins there after that.
            _ = connected.Add(connection)?.Close(WebSocketCloseStatus.PolicyViolation, "replaced by a newer link");

            if (await Record(cancellation) is { } standing)
            {
                isRecorded = true;
                await connection.Send(new Welcome(standing, connection.WelcomedAt), cancellation);
                if (connection.IsTooOld)
                {
                    await connection.Send(AgentLinkRefusals.AgentOld(connection.Options), cancellation);
                }

                await Receive(cancellation, serverStops);
            }
        }
        finally
        {
            connected.Remove(connection);
            connection.Lose();
            inOrder.Writer.TryComplete();
            if (isRecorded)
            {
                await Guard(null, () => requests.Disconnected(connection));
            }

            await Task.WhenAll(presence, act);
        }
    }

    /// <returns>Null, with the link closed, where the agent is turned away.</returns>
    private async Task<AgentStanding?> Record(CancellationToken cancellation)
    {
        AgentStanding? standing = null;
        try
        {
            standing = await requests.Connected(connection, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Agent {Agent} could not be recorded", connection.AgentId);
        }

        if (standing is null)
        {
            await socket.Close(WebSocketCloseStatus.EndpointUnavailable, "try again later", GoodbyeWithin);
        }

        return standing;
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
            case PageOpened opened:
                connection.Deliver(opened.RequestId, opened);
                return null;
            case Refused { RequestId: { } refusedId } refusedPage:
                connection.Deliver(refusedId, refusedPage);
                return null;
            case SeeCard or CardGone or ReadersSeen or LogOut or ClaimTicket or ChooseRole:
                return InOrder(message);
            case LogIn logIn:
                return Begin(logIn.RequestId, () => requests.LogIn(connection, logIn, serverStops));
            case Renew renew:
                return Begin(renew.RequestId, () => requests.Renew(connection, renew, serverStops));
            case ConfirmAct confirm:
                return Begin(confirm.RequestId, () => requests.ConfirmAct(connection, confirm, serverStops));
            case Protocol.Unlock unlock:
                return Begin(unlock.RequestId, () => requests.Unlock(connection, unlock, serverStops));
            case Protocol.Repair repair:
                return Begin(repair.RequestId, () => requests.Repair(connection, repair, serverStops));
            case TestCard test:
                return Begin(test.RequestId, () => requests.TestCard(connection, test, serverStops));
            case SetNewPasscode change:
                return Begin(change.RequestId, () => requests.SetNewPasscode(connection, change, serverStops));
            default:
                return "a message that only servers send";
        }
    }

    /// <summary>One act at a time: another is refused and waits for nothing.</summary>
    /// <returns>Why the link must end, or null.</returns>
    private string? Begin(string requestId, Func<Task<Message>> answer)
    {
        if (Interlocked.Exchange(ref actRuns, 1) != 0)
        {
            return InOrder(AgentLinkRefusals.ActInProgress(requestId));
        }

        if (Interlocked.Increment(ref untold) > MostUntold)
        {
            return "outcomes are not read";
        }

        var before = act;
        act = Task.Run(async () =>
        {
            await Guard(requestId, () => AnswerAct(answer));
            Interlocked.Decrement(ref untold);
            await before;
        });
        return null;
    }

    private async Task AnswerAct(Func<Task<Message>> answer)
    {
        Message outcome;
        try
        {
            outcome = await answer();
        }
        finally
        {
            // Before the outcome is told: whoever hears it may begin the next act.
            Volatile.Write(ref actRuns, 0);
        }

        await connection.Send(outcome);
    }

    private string? InOrder(Message message) => inOrder.Writer.TryWrite(message) ? null : "too many messages";

    private async Task AnswerInOrder(CancellationToken serverStops)
    {
        await foreach (var message in inOrder.Reader.ReadAllAsync(CancellationToken.None))
        {
            await Guard(RequestId(message), () => message switch
            {
                SeeCard see => requests.SeeCard(connection, see, serverStops),
                CardGone gone => requests.CardGone(connection, gone, serverStops),
                ReadersSeen seen => requests.ReadersSeen(connection, seen, serverStops),
                LogOut end => requests.LogOut(connection, end, serverStops),
                ClaimTicket claim => requests.ClaimTicket(connection, claim, serverStops),
                ChooseRole choice => requests.ChooseRole(connection, choice, serverStops),
                Refused busy => connection.Send(busy),
                _ => Task.CompletedTask,
            });
        }
    }

    private static string? RequestId(Message message) => message switch
    {
        SeeCard see => see.RequestId,
        ClaimTicket claim => claim.RequestId,
        ChooseRole choice => choice.RequestId,
        _ => null,
    };

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
