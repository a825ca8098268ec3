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

    public Func<AgentConnection, LogIn, Task<Message>> OnLogIn { get; set; } = (_, request) => Refusing(request.RequestId, "CARD-UNKNOWN");

    public Func<AgentConnection, Renew, Task<Message>> OnRenew { get; set; } = (_, request) => Refusing(request.RequestId, "CARD-UNKNOWN");

    public Func<SetNewPasscode, Task<Message>> OnSetNewPasscode { get; set; } = request => Refusing(request.RequestId, "CARD-UNKNOWN");

    public Func<ConfirmAct, Task<Message>> OnConfirmAct { get; set; } = request => Refusing(request.RequestId, "CARD-UNKNOWN");

    public Func<AgentConnection, Evercard.Protocol.Repair, Task<Message>> OnRepair { get; set; } = (_, request) => Refusing(request.RequestId, "CARD-UNKNOWN");

    public Func<Evercard.Protocol.Unlock, Task<Message>> OnUnlock { get; set; } = request => Refusing(request.RequestId, "CARD-UNKNOWN");

    /// <summary>How the next cards are greeted.</summary>
    public Func<SeeCard, Message> Greet { get; set; } = request => new CardGreeting(request.RequestId, CardStanding.Good, "Wren Holloway");

    public static Task<Message> Refusing(string requestId, string code) =>
        Task.FromResult<Message>(new Refused(requestId, code, "No.", "Do something else."));

    /// <summary>New agents are turned away.</summary>
    public bool Turned { get; set; }

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

    public override Task<AgentStanding?> Connected(AgentConnection agent, CancellationToken cancellation)
    {
        connected.Writer.TryWrite(agent);
        return Task.FromResult<AgentStanding?>(Turned ? null : AgentStanding.Known);
    }

    public override Task Disconnected(AgentConnection agent)
    {
        disconnected.Writer.TryWrite(agent);
        return Task.CompletedTask;
    }

    public override async Task SeeCard(AgentConnection agent, SeeCard request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        await agent.Send(Greet(request), cancellation);
    }

    public override Task CardGone(AgentConnection agent, CardGone request, CancellationToken cancellation) => Note(request);

    public override Task ReadersSeen(AgentConnection agent, ReadersSeen seen, CancellationToken cancellation) => Note(seen);

    public override Task ClaimTicket(AgentConnection agent, ClaimTicket request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        return agent.Send(new TicketClaimed(request.RequestId, "code-1"), cancellation);
    }

    public override Task LogOut(AgentConnection agent, LogOut request, CancellationToken cancellation) => Note(request);

    public override Task<Message> LogIn(AgentConnection agent, LogIn request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        return OnLogIn(agent, request);
    }

    public override Task<Message> Renew(AgentConnection agent, Renew request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        return OnRenew(agent, request);
    }

    public override Task ChooseRole(AgentConnection agent, ChooseRole request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        return agent.Send(new RoleChosen(request.RequestId, request.RoleProfileId), cancellation);
    }

    public override Task<Message> SetNewPasscode(AgentConnection agent, SetNewPasscode request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        return OnSetNewPasscode(request);
    }

    public override Task<Message> ConfirmAct(AgentConnection agent, ConfirmAct request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        return OnConfirmAct(request);
    }

    public override Task<Message> TestCard(AgentConnection agent, TestCard request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        return Refusing(request.RequestId, "CARD-UNKNOWN");
    }

    public override Task<Message> Repair(AgentConnection agent, Evercard.Protocol.Repair request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        return OnRepair(agent, request);
    }

    public override Task<Message> Unlock(AgentConnection agent, Evercard.Protocol.Unlock request, CancellationToken cancellation)
    {
        messages.Writer.TryWrite(request);
        return OnUnlock(request);
    }

    private Task Note(Message message)
    {
        messages.Writer.TryWrite(message);
        return Task.CompletedTask;
    }
}
