using System.Threading.Channels;
using Evercard.Protocol;
using Evercard.Server.AgentLink;

namespace Evercard.Tests.Server;

/// <summary>Writes down what agents ask for, and answers as a test says.</summary>
internal sealed class RecordingRequests : AgentRequests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Channel<AgentConnection> connected = Channel.CreateUnbounded<AgentConnection>();
    private readonly Channel<AgentConnection> disconnected = Channel.CreateUnbounded<AgentConnection>();
    private readonly Channel<Message> messages = Channel.CreateUnbounded<Message>();

    public Func<AgentConnection, LogIn, Task> OnLogIn { get; set; } = (_, _) => Task.CompletedTask;

    public Func<AgentConnection, Renew, Task> OnRenew { get; set; } = (_, _) => Task.CompletedTask;

    public Task<AgentConnection> NextConnected() => connected.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public Task<AgentConnection> NextDisconnected() => disconnected.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>The next message of this type; others are passed over.</summary>
    public async Task<T> Next<T>()
        where T : Message
    {
        while (true)
        {
            if (await messages.Reader.ReadAsync().AsTask().WaitAsync(Patience) is T wanted)
            {
                return wanted;
            }
        }
    }

    public override Task<AgentStanding> Connected(AgentConnection agent, CancellationToken cancellation)
    {
        connected.Writer.TryWrite(agent);
        return Task.FromResult(AgentStanding.Known);
    }

    public override Task Disconnected(AgentConnection agent)
    {
        disconnected.Writer.TryWrite(agent);
        return Task.CompletedTask;
    }

    public override async Task SeeCard(AgentConnection agent, SeeCard request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        await agent.Send(new CardGreeting(request.RequestId, CardStanding.Good, "Wren Holloway"), cancellation);
    }

    public override Task CardGone(AgentConnection agent, CardGone request, CancellationToken cancellation) => Note(request);

    public override Task LogOut(AgentConnection agent, LogOut request, CancellationToken cancellation) => Note(request);

    public override Task LogIn(AgentConnection agent, LogIn request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        return OnLogIn(agent, request);
    }

    public override Task Renew(AgentConnection agent, Renew request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        return OnRenew(agent, request);
    }

    private Task Note(Message message)
    {
        messages.Writer.TryWrite(message);
        return Task.CompletedTask;
    }
}
