using System.Security.Cryptography;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle;
using Evercard.Lifecycle.LogIn;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Computers;
using Evercard.Server.Refusals;

namespace Evercard.Server.Sessions;

/// <summary>Log-in and log-out as agents ask for them.</summary>
public sealed class LogInRequests(Lifecycle.LogIn.LogIn logIn, SeenCards cards)
{
    /// <summary>Step 1 of docs/renewal.md. A computer that is too old or whose clock is wrong may still log in.</summary>
    public async Task Answer(AgentConnection agent, Protocol.LogIn request, CancellationToken cancellation)
    {
        if (!cards.TryFind(agent, request.Reader, out var smartcardId))
        {
            var refusal = cards.WhyNot(agent, request.Reader);
            await logIn.RecordRefusal(agent.AgentId, refusal, cancellation);
            await agent.Send(refusal.ToMessage(request.RequestId), cancellation);
            return;
        }

        var actId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        using var card = new RemoteCard(agent, request.Reader, CardAct.LogIn, new ActBinding(agent.ServerOrigin, agent.AgentId, actId, 0));
        Message answer = await logIn.Run(smartcardId, card, cancellation) switch
        {
            LogInOutcome.LoggedIn done => new LoggedIn(
                request.RequestId, done.SessionSecret, done.Holder.FullName, done.Holder.Uuid, done.NotAfter, done.DaysLeft, done.RenewalOffered),
            LogInOutcome.Refused refused => refused.Refusal.ToMessage(request.RequestId),
            _ => throw new InvalidOperationException("A log-in is done or refused."),
        };
        await agent.Send(answer, cancellation);
        await agent.Send(new ActEnded(actId), cancellation);
    }

    public Task End(AgentConnection agent, string sessionSecret, CancellationToken cancellation) =>
        logIn.LogOut(sessionSecret, agent.AgentId, "the person logged out", cancellation);

    /// <summary>The card left its reader: its sessions there end.</summary>
    public Task EndAt(AgentConnection agent, CardGone gone, CancellationToken cancellation) =>
        End(agent, cards.Gone(agent, gone.Reader, gone.Insertion), cancellation);

    /// <summary>Another insertion was seen before the removal was told: the sessions end now.</summary>
    public Task EndReplaced(AgentConnection agent, SeeCard seen, CancellationToken cancellation) =>
        End(agent, cards.Replaced(agent, seen.Reader, seen.Insertion), cancellation);

    private Task End(AgentConnection agent, Guid? smartcardId, CancellationToken cancellation) =>
        smartcardId is { } id ? logIn.CardRemoved(id, agent.AgentId, cancellation) : Task.CompletedTask;
}
