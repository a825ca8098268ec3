using Evercard.Agent;
using Evercard.Cards.Piv;
using Evercard.Cards.Readers;
using Evercard.CardSimulator;
using Evercard.DevHost;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Protocol;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evercard.Interop.Support;

/// <summary>Server, authority and an agent that sees this computer's readers, with a database that goes at the end.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private static readonly TimeSpan GreetedWithin = TimeSpan.FromSeconds(20);
    private readonly DataFolder folder;
    private readonly PivAlgorithm algorithm;

    private Desk(DataFolder folder, PivAlgorithm algorithm, RunningNode node) => (this.folder, this.algorithm, Node) = (folder, algorithm, node);

    public RunningNode Node { get; }

    public IdentityAgent Agent => Node.Agent;

    /// <param name="readers">What the agent sees.</param>
    /// <param name="algorithm">Of old and new keys.</param>
    public static async Task<Desk> Open(IReaders readers, PivAlgorithm algorithm = PivAlgorithm.P256)
    {
        var fresh = DataFolder.Fresh();
        var node = await RunningNode.Start(
            new RunningOptions { Folder = fresh, Readers = readers, Lifecycle = new LifecycleOptions { KeyAlgorithm = algorithm }, LogLevel = LogLevel.Critical }, default);
        return new Desk(fresh, algorithm, node);
    }

    /// <summary>A card of Wren's that is due in 30 days, and its id.</summary>
    public async Task<(SimulatedCard Card, Guid Id)> Issue()
    {
        var card = SimulatedCard.CreateBlank(CardModel.Yubico);
        return (card, await Node.Samples.Issue(SampleWard.Wren, card, algorithm, 30, default));
    }

    /// <summary>Returns once the agent has looked at the card by itself: while it looks, other programs cannot have the card.</summary>
    public async Task<PluggedCard> PlugIn(VirtualReaders readers, VirtualReader reader, SimulatedCard card)
    {
        var greeted = NextGreeting(reader.Name);
        var plugged = await PluggedCard.Into(readers, reader, card);
        await greeted;
        return plugged;
    }

    /// <summary>How the agent greets the next card that comes into this reader.</summary>
    public Task<AgentOutcome<CardGreeting>> NextGreeting(string reader)
    {
        var next = new TaskCompletionSource<AgentOutcome<CardGreeting>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Agent.Greeted = (where, outcome) =>
        {
            if (where == reader)
            {
                next.TrySetResult(outcome);
            }
        };
        return next.Task.WaitAsync(GreetedWithin);
    }

    public Task<AgentOutcome<LoggedIn>> LogIn(string reader) => Agent.LogIn(reader, Passcode, default);

    /// <param name="reader">Where the card is.</param>
    /// <param name="sessionId">Null: finish what was begun.</param>
    public Task<AgentOutcome<ActCompleted>> Renew(string reader, string? sessionId) => Agent.Renew(sessionId, reader, Passcode, takeOver: true, null, default);

    /// <summary>The credentials of a card that count now, by the authority's record.</summary>
    public Task<List<Credential>> CurrentCredentials(Guid id) =>
        Node.Services.GetRequiredService<Database>().Read(
            records => records.Registry.Credentials.Where(c => c.SmartcardId == id && c.Status == CredentialStatus.Current).ToListAsync(), default);

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        folder.Dispose();
    }

    private static Evercard.Agent.CardScripts.HeldPasscode Passcode => SampleWard.Hold(SampleWard.Passcode, TimeProvider.System);
}

/// <summary>What tests expect of an agent's answers.</summary>
internal static class Outcomes
{
    public static T ShouldBeDone<T>(this AgentOutcome<T> outcome)
        where T : Message => outcome.ShouldBeOfType<AgentOutcome<T>.Done>(outcome.ToString()).Message;

    public static Refused ShouldBeRefused<T>(this AgentOutcome<T> outcome, string code)
        where T : Message
    {
        var refused = outcome.ShouldBeOfType<AgentOutcome<T>.Refused>(outcome.ToString()).Message;
        refused.Code.ShouldBe(code);
        return refused;
    }
}
