using Evercard.Registry;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Sessions;

/// <summary>
/// What suspends, resumes and ends a session after its log-in. No session outlives its card, its link or its time; an act that
/// was cut has sixty seconds for the card to come back.
/// </summary>
/// <param name="database">Where sessions are.</param>
/// <param name="options">How long each may last.</param>
/// <param name="time">The server's clock.</param>
/// <param name="told">Told of each change once it is committed; must not block.</param>
public sealed class SessionLife(Database database, LifecycleOptions options, TimeProvider time, Action<SessionChange>? told = null)
{
    /// <summary>Ends a session on its agent's word; one of another agent is left alone.</summary>
    /// <param name="sessionSecret">As the agent was told it.</param>
    /// <param name="agentId">The agent that asks.</param>
    /// <param name="because">Why, in words that follow "because".</param>
    /// <param name="cancellation">Ends it.</param>
    public Task LogOut(string sessionSecret, string agentId, string because, CancellationToken cancellation)
    {
        var id = LogIn.LogIn.SessionId(sessionSecret);
        return Change(
            open => open.Where(s => s.Id == id && s.AgentId == agentId), (records, session) => End(records, session, time.GetUtcNow(), because, agentKnows: true), cancellation);
    }

    /// <summary>Ends a session because the person said so in a browser, or anybody else than its agent.</summary>
    /// <param name="sessionId">As the registry knows it.</param>
    /// <param name="because">Why, in words that follow "because".</param>
    /// <param name="cancellation">Ends it.</param>
    public Task LogOutById(string sessionId, string because, CancellationToken cancellation) =>
        Change(open => open.Where(s => s.Id == sessionId), (records, session) => End(records, session, time.GetUtcNow(), because, agentKnows: false), cancellation);

    /// <summary>A card was taken out: its sessions at this agent end, or are suspended where that cut an act.</summary>
    public Task CardRemoved(Guid smartcardId, string agentId, CancellationToken cancellation) =>
        Change(
            open => open.Where(s => s.SmartcardId == smartcardId && s.AgentId == agentId && s.SuspendedUntil == null),
            async (records, session) => await IsActCut(records, session, cancellation)
                ? Suspend(session, Session.SmartcardRemoved)
                : await End(records, session, time.GetUtcNow(), Session.SmartcardRemoved, agentKnows: true),
            cancellation);

    /// <summary>A new link of an agent begins, and nothing is known of the cards: its sessions wait for their cards to be shown.</summary>
    public Task LinkBegins(string agentId, CancellationToken cancellation) =>
        Wait((_, open) => open.Where(s => s.AgentId == agentId && s.SuspendedUntil == null), cancellation);

    /// <summary>An agent's link is gone: the same. Where it has a newer one, at any node, that looks after the sessions.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="linkId">The link that is gone.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task LinkLost(string agentId, Guid linkId, CancellationToken cancellation) => Wait(
        (registry, open) => open.Where(
            s => s.AgentId == agentId && s.SuspendedUntil == null && registry.Agents.Any(a => a.Id == agentId && (a.LinkId == null || a.LinkId == linkId))),
        cancellation);

    private Task Wait(Func<RegistryContext, IQueryable<Session>, IQueryable<Session>> which, CancellationToken cancellation) =>
        Change(
            which,
            (_, session) => Task.FromResult(Suspend(session, Session.LinkLost)),
            cancellation);

    /// <summary>A card was shown at an agent: its suspended sessions there go on.</summary>
    public Task CardSeen(Guid smartcardId, string agentId, CancellationToken cancellation) =>
        Change(
            open => open.Where(s => s.SmartcardId == smartcardId && s.AgentId == agentId && s.SuspendedUntil != null),
            (_, session) => Task.FromResult(Resume(session)),
            cancellation);

    /// <summary>Somebody logged in where another person's card had been pulled out of an act: that one does not come back, and its browser is not the next user's.</summary>
    /// <param name="agentId">The agent.</param>
    /// <param name="personUuid">Who logged in.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task EndLeftBehind(string agentId, string personUuid, CancellationToken cancellation) =>
        Change(
            open => open.Where(s => s.AgentId == agentId && s.PersonUuid != personUuid && s.SuspendedBecause == Session.SmartcardRemoved),
            (records, session) => End(records, session, session.SuspendedAt ?? time.GetUtcNow(), Session.SmartcardRemoved, agentKnows: false),
            cancellation);

    /// <summary>A card was cancelled: whatever log-ins it has anywhere end in the same transaction, suspended ones too.</summary>
    /// <param name="records">Of that transaction.</param>
    /// <param name="smartcardId">The card.</param>
    /// <param name="because">Why, in words that follow "because".</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What to tell once it is committed.</returns>
    internal async Task<IReadOnlyList<SessionChange>> EndOfCard(Records records, Guid smartcardId, string because, CancellationToken cancellation)
    {
        var changes = new List<SessionChange>();
        foreach (var session in await records.Registry.Sessions.Where(s => s.SmartcardId == smartcardId && s.EndedAt == null).ToListAsync(cancellation))
        {
            var (at, why) = session.RunOut(time.GetUtcNow(), options.SessionAtMost) ?? (time.GetUtcNow(), because);
            var one = await End(records, session, at, why, agentKnows: false);
            await records.Registry.Save(What(session, one), cancellation);
            changes.Add(one);
        }

        return changes;
    }

    /// <summary>Changes that somebody else's transaction made are in the database now.</summary>
    internal void Tell(IReadOnlyList<SessionChange> changes)
    {
        foreach (var one in changes)
        {
            told?.Invoke(one);
        }
    }

    /// <summary>Writes down the end of every session that ran out.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> EndOverdue(CancellationToken cancellation) => Change(Overdue, (_, _) => throw StillLive(), cancellation);

    /// <summary>The same for one session, as it is met.</summary>
    public Task EndIfOverdue(string sessionId, CancellationToken cancellation) =>
        Change(open => Overdue(open).Where(s => s.Id == sessionId), (_, _) => throw StillLive(), cancellation);

    private IQueryable<Session> Overdue(IQueryable<Session> open)
    {
        var now = time.GetUtcNow();
        var tooOld = now - options.SessionAtMost;
        return open.Where(s => s.SuspendedUntil <= now || s.StartedAt <= tooOld);
    }

    /// <param name="which">Of the sessions that are open; asked once before the transaction, so that made-up requests write nothing, and once inside.</param>
    /// <param name="change">Of one that is live; what ran out ends by itself.</param>
    /// <param name="cancellation">Ends it.</param>
    private Task<int> Change(
        Func<IQueryable<Session>, IQueryable<Session>> which, Func<Records, Session, Task<SessionChange>> change, CancellationToken cancellation) =>
        Change((_, open) => which(open), change, cancellation);

    /// <inheritdoc cref="Change(Func{IQueryable{Session},IQueryable{Session}},Func{Records,Session,Task{SessionChange}},CancellationToken)"/>
    private async Task<int> Change(
        Func<RegistryContext, IQueryable<Session>, IQueryable<Session>> which, Func<Records, Session, Task<SessionChange>> change, CancellationToken cancellation)
    {
        IQueryable<Session> Asked(Records records) => which(records.Registry, records.Registry.Sessions.Where(s => s.EndedAt == null));
        if (!await database.Read(r => Asked(r).AnyAsync(cancellation), cancellation))
        {
            return 0;
        }

        var changes = await database.Write(
            async records =>
            {
                var changes = new List<SessionChange>();
                foreach (var session in await Asked(records).ToListAsync(cancellation))
                {
                    var one = session.RunOut(time.GetUtcNow(), options.SessionAtMost) is { } over
                        ? await End(records, session, over.At, over.Because, agentKnows: false)
                        : await change(records, session);
                    await records.Registry.Save(What(session, one), cancellation);
                    changes.Add(one);
                }

                if (changes.Count == 0)
                {
                    // Somebody else was quicker.
                    await records.Registry.Save(new AuditEvent { Kind = "SessionKept" }, cancellation);
                }

                return changes;
            },
            cancellation);
        Tell(changes);
        return changes.Count;
    }

    /// <summary>An act at this agent is under way with the card, or stopped just now: most often because the card was pulled.</summary>
    private async Task<bool> IsActCut(Records records, Session session, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (working, stopped) = (now - options.UnderWayFor, now - options.SuspendFor);
        return await records.Registry.Operations.AnyAsync(
            o => o.SmartcardId == session.SmartcardId && o.AgentId == session.AgentId
                && ((o.State == OperationState.Open && o.TouchedAt > working) || (o.State == OperationState.Waiting && o.TouchedAt > stopped)),
            cancellation);
    }

    private SessionChange Suspend(Session session, string because)
    {
        var now = time.GetUtcNow();
        (session.SuspendedAt, session.SuspendedUntil, session.SuspendedBecause) = (now, now + options.SuspendFor, because);
        return new(session.Id, session.AgentId, SessionChangeKind.Suspended, because, AgentKnows: true);
    }

    private static SessionChange Resume(Session session)
    {
        (session.SuspendedAt, session.SuspendedUntil, session.SuspendedBecause) = (null, null, null);
        return new(session.Id, session.AgentId, SessionChangeKind.Resumed, AgentKnows: true);
    }

    /// <summary>The browsers that were joined to it end with it.</summary>
    private static async Task<SessionChange> End(Records records, Session session, DateTimeOffset at, string because, bool agentKnows)
    {
        (session.EndedAt, session.EndedBecause) = (at, because);
        foreach (var browser in await records.Registry.BrowserSessions.Where(b => b.SessionId == session.Id && b.EndedAt == null).ToListAsync())
        {
            (browser.EndedAt, browser.EndedBecause) = (at, because);
        }

        return new(session.Id, session.AgentId, SessionChangeKind.Ended, because, agentKnows);
    }

    private static AuditEvent What(Session session, SessionChange change) => new()
    {
        Kind = change.Kind switch
        {
            SessionChangeKind.Suspended => "SessionSuspended",
            SessionChangeKind.Resumed => "SessionResumed",
            _ => "LoggedOut",
        },
        SmartcardId = session.SmartcardId,
        PersonUuid = session.PersonUuid,
        AgentId = session.AgentId,
        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["because"] = change.Because ?? "the smartcard is back" },
    };

    private static InvalidOperationException StillLive() => new("A session that is live is no overdue one.");
}
