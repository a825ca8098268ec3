using Evercard.Agent;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.Protocol;

namespace Evercard.DevHost.SampleCards;

/// <summary>Renews the sample card in one reader of an agent again and again. Its server's renewal window must be longer than a certificate's life.</summary>
public sealed class RepeatedRenewals
{
    private readonly IdentityAgent agent;
    private readonly string reader;
    private volatile TaskCompletionSource<AgentOutcome<CardGreeting>> greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RepeatedRenewals(IdentityAgent agent, string reader)
    {
        (this.agent, this.reader) = (agent, reader);
        agent.Greeted = (where, outcome) =>
        {
            if (where == reader)
            {
                greeted.TrySetResult(outcome);
            }
        };
    }

    /// <summary>Puts a card in, and returns once the agent has shown it to the server by itself: nothing else is then under way at the reader.</summary>
    public async Task<CardGreeting> Insert(SimulatedReaders readers, SimulatedCard card, CancellationToken cancellation)
    {
        var next = NextGreeting();
        readers.Insert(reader, card);
        return await Greeting(next, cancellation);
    }

    /// <summary>Begins to wait for the greeting of a card that is put in after this.</summary>
    public Task<AgentOutcome<CardGreeting>> NextGreeting() =>
        (greeted = new TaskCompletionSource<AgentOutcome<CardGreeting>>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <exception cref="InvalidOperationException">The card was refused.</exception>
    public static async Task<CardGreeting> Greeting(Task<AgentOutcome<CardGreeting>> next, CancellationToken cancellation) =>
        Done(await next.WaitAsync(cancellation));

    /// <summary>Logs in, renews, logs out.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="logInDone">Called between log-in and renewal.</param>
    /// <returns>What the server tells of the renewal, and its whole time as the cardholder sees it, from the passcode on.</returns>
    /// <exception cref="InvalidOperationException">A step was refused.</exception>
    public async Task<(ActCompleted Act, TimeSpan Whole)> Renew(CancellationToken cancellation, Action? logInDone = null)
    {
        var time = TimeProvider.System;
        var session = Done(await agent.LogIn(reader, SampleWard.Hold(SampleWard.Passcode, time), cancellation));
        logInDone?.Invoke();
        var started = time.GetTimestamp();
        var outcome = await agent.Renew(
            session.SessionId, reader, SampleWard.Hold(SampleWard.Passcode, time), takeOver: true, progress: null, cancellation);
        var whole = time.GetElapsedTime(started);
        var act = Done(outcome);
        await agent.LogOut(session.SessionId, cancellation);
        return (act, whole);
    }

    private static T Done<T>(AgentOutcome<T> outcome)
        where T : Message => outcome switch
        {
            AgentOutcome<T>.Done done => done.Message,
            AgentOutcome<T>.Refused refused => throw new InvalidOperationException($"{refused.Message.Code}: {refused.Message.Title}"),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };
}
