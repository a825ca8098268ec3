using System.Security.Cryptography;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Refusals;

namespace Evercard.Server.Sessions;

/// <summary>Log-in and log-out as agents ask for them.</summary>
public sealed class LogInRequests(Lifecycle.LogIn.LogIn logIn, SessionLife sessions)
{
    /// <summary>Step 1 of docs/renewal.md. A computer that is too old or whose clock is wrong may still log in.</summary>
    /// <returns>LoggedIn or Refused.</returns>
    public async Task<Message> Answer(AgentConnection agent, Protocol.LogIn request, CancellationToken cancellation)
    {
        if (agent.Cards.Find(request.Reader) is not { } seen)
        {
            // Nothing is written: any peer may ask so as often as it likes.
            return Lifecycle.Refusals.CardUnknown().ToMessage(request.RequestId);
        }

        if (seen is not { SmartcardId: { } smartcardId, Refusal: null })
        {
            var refusal = seen.Refusal ?? Lifecycle.Refusals.CardUnknown();
            await logIn.RecordRefusal(seen.SmartcardId, agent.AgentId, refusal, cancellation);
            return refusal.ToMessage(request.RequestId);
        }

        var actId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        using var card = new RemoteCard(agent, request.Reader, CardAct.LogIn, new ActBinding(agent.ServerOrigin, agent.AgentId, actId, 0));
        var outcome = await logIn.Run(smartcardId, card, cancellation);
        await agent.Send(new ActEnded(actId), cancellation);
        switch (outcome)
        {
            // The removal may have been told while the session was made: whichever comes second ends it.
            case LogInOutcome.LoggedIn late when agent.LinkLost.IsCancellationRequested || agent.Cards.Find(request.Reader) != seen:
                await sessions.LogOut(late.SessionSecret, agent.AgentId, Registry.Computers.Session.SmartcardRemoved, cancellation);
                return Lifecycle.Refusals.CardRemoved(null).ToMessage(request.RequestId);
            case LogInOutcome.LoggedIn done:
                await sessions.EndLeftBehind(agent.AgentId, done.Holder.Uuid, cancellation);
                return new LoggedIn(
                    request.RequestId, done.SessionSecret, done.Holder.FullName, done.Holder.Uuid, done.NotAfter, done.DaysLeft, done.RenewalOffered,
                    [.. done.Roles.Select(r => new RoleOffer(r.Id, r.RoleName, r.OrganisationName))], done.SerialNumber);
            case LogInOutcome.Refused refused:
                return refused.Refusal.Explain(card.LastRefusal, stale: ScriptRefusals.Failed(null)).ToMessage(request.RequestId);
            default:
                throw new InvalidOperationException("A log-in is done or refused.");
        }
    }

    public Task End(AgentConnection agent, string sessionSecret, CancellationToken cancellation) =>
        sessions.LogOut(sessionSecret, agent.AgentId, "the person logged out", cancellation);

    /// <summary>The card left its reader: its sessions there end, or wait for it where an act was cut.</summary>
    public Task EndAt(AgentConnection agent, CardGone gone, CancellationToken cancellation) =>
        End(agent, agent.Cards.TakeInsertion(gone.Reader, gone.Insertion), cancellation);

    /// <summary>Another insertion was seen before the removal was told: the same happens now.</summary>
    public Task EndReplaced(AgentConnection agent, SeeCard seen, CancellationToken cancellation) =>
        End(agent, agent.Cards.TakeOlder(seen.Reader, seen.Insertion), cancellation);

    /// <summary>A known card is there: what waited for it goes on.</summary>
    public Task Resume(AgentConnection agent, Guid smartcardId, CancellationToken cancellation) => sessions.CardSeen(smartcardId, agent.AgentId, cancellation);

    private Task End(AgentConnection agent, SeenCard? gone, CancellationToken cancellation) =>
        gone?.SmartcardId is { } id ? sessions.CardRemoved(id, agent.AgentId, cancellation) : Task.CompletedTask;
}
