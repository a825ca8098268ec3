using System.Security.Cryptography;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Join;

/// <summary>How a ticket was claimed.</summary>
public abstract record ClaimOutcome
{
    /// <param name="Code">64 hexadecimal digits: good once, with the starting cookie.</param>
    public sealed record Claimed(string Code) : ClaimOutcome;

    public sealed record Refused(Refusal Refusal) : ClaimOutcome;
}

/// <summary>
/// Joins a browser to the agent of its computer: the agent that was shown the ticket says so over its own link, and gets a code that the
/// browser brings back together with the cookie that it began with.
/// </summary>
public sealed class Joining(Database database, JoinTickets tickets, LifecycleOptions options, TimeProvider time)
{
    private const int SecretDigits = 64;

    /// <summary>An agent claims a ticket. The first one has it.</summary>
    /// <param name="agentId">Proved its device key on this link.</param>
    /// <param name="ticket">As it stood in the address.</param>
    /// <param name="sessionSecret">The log-in at that agent which the browser shall have, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ClaimOutcome> Claim(string agentId, string ticket, string? sessionSecret, CancellationToken cancellation)
    {
        // Nothing is written for what is no ticket, or is not for this agent: it could be tried for ever.
        if (tickets.Read(ticket) is not { } read || read.AgentId != agentId
            || await database.Read(r => r.Registry.BrowserSessions.AnyAsync(b => b.Id == read.Id, cancellation), cancellation))
        {
            return new ClaimOutcome.Refused(Lifecycle.Refusals.LinkExpired());
        }

        var code = RandomNumberGenerator.GetHexString(SecretDigits, lowercase: true);
        var isFirst = await database.Write(records => Record(records, read, agentId, sessionSecret, code, cancellation), cancellation);
        return isFirst ? new ClaimOutcome.Claimed(code) : new ClaimOutcome.Refused(Lifecycle.Refusals.LinkExpired());
    }

    /// <summary>The browser came back with a code.</summary>
    /// <returns>The joined browser; null where the code is not good. A code that comes with another cookie is burnt.</returns>
    public async Task<BrowserSession?> Complete(string code, string startingCookie, CancellationToken cancellation)
    {
        var (codeHash, cookieHash) = (Digest.Of(code), Digest.Of(startingCookie));
        if (!await database.Read(r => Claimed(r, codeHash).AnyAsync(cancellation), cancellation))
        {
            return null;
        }

        return await database.Write(
            async records =>
            {
                var now = time.GetUtcNow();
                var browser = await Claimed(records, codeHash).SingleOrDefaultAsync(cancellation);
                var why = browser is null ? "the code was used" : browser.StartingCookieHash != cookieHash ? "another browser brought the code"
                    : browser.ClaimedAt + JoinTickets.GoodFor < now ? "the code is too old" : null;
                if (browser is not null && why is null)
                {
                    browser.JoinedAt = now;
                }
                else if (browser is not null)
                {
                    (browser.EndedAt, browser.EndedBecause) = (now, why);
                }

                await records.Registry.Save(What(why is null ? "BrowserJoined" : "JoinRefused", browser?.AgentId, why ?? "it brought the code back"), cancellation);
                return why is null ? browser : null;
            },
            cancellation);
    }

    /// <summary>A joined browser comes back from the agent's log-in page: it gets the newest log-in there, under a new number.</summary>
    /// <returns>Null where nobody is logged in at that agent.</returns>
    public Task<BrowserSession?> LogIn(string browserSessionId, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var now = time.GetUtcNow();
                var joined = await records.Registry.BrowserSessions.SingleAsync(b => b.Id == browserSessionId, cancellation);
                var session = (await records.Registry.Sessions.Where(s => s.AgentId == joined.AgentId && s.EndedAt == null)
                    .OrderByDescending(s => s.StartedAt).ToListAsync(cancellation)).Find(s => s.IsLive(now, options.SessionAtMost));
                if (session is null || joined.EndedAt is not null)
                {
                    await records.Registry.Save(What("JoinRefused", joined.AgentId, "nobody is logged in"), cancellation);
                    return null;
                }

                (joined.EndedAt, joined.EndedBecause) = (now, "a log-in began");
                var fresh = new BrowserSession
                {
                    Id = Digest.Of(RandomNumberGenerator.GetHexString(SecretDigits)),
                    StartingCookieHash = joined.StartingCookieHash,
                    CodeHash = joined.CodeHash,
                    AgentId = joined.AgentId,
                    SessionId = session.Id,
                    ClaimedAt = joined.ClaimedAt,
                    JoinedAt = now,
                };
                records.Registry.BrowserSessions.Add(fresh);
                await records.Registry.Save(What("BrowserLoggedIn", joined.AgentId, "the log-in at the agent", session), cancellation);
                return fresh;
            },
            cancellation);

    private static IQueryable<BrowserSession> Claimed(Records records, string codeHash) =>
        records.Registry.BrowserSessions.Where(b => b.CodeHash == codeHash && b.JoinedAt == null && b.EndedAt == null);

    /// <returns>False where the ticket was claimed a moment ago.</returns>
    private async Task<bool> Record(Records records, JoinTicket ticket, string agentId, string? sessionSecret, string code, CancellationToken cancellation)
    {
        if (await records.Registry.BrowserSessions.AnyAsync(b => b.Id == ticket.Id, cancellation))
        {
            await records.Registry.Save(What("JoinRefused", agentId, "the ticket was claimed a moment ago"), cancellation);
            return false;
        }

        var now = time.GetUtcNow();
        var wanted = sessionSecret is null ? null : Lifecycle.LogIn.LogIn.SessionId(sessionSecret);
        var session = await records.Registry.Sessions.SingleOrDefaultAsync(s => s.Id == wanted && s.AgentId == agentId, cancellation);
        var live = session?.IsLive(now, options.SessionAtMost) == true ? session : null;
        records.Registry.BrowserSessions.Add(new BrowserSession
        {
            Id = ticket.Id,
            StartingCookieHash = ticket.StartingCookieHash,
            CodeHash = Digest.Of(code),
            AgentId = agentId,
            SessionId = live?.Id,
            ClaimedAt = now,
        });
        await records.Registry.Save(What("TicketClaimed", agentId, live is null ? "nobody is logged in" : "the log-in at the agent", live), cancellation);
        return true;
    }

    private static AuditEvent What(string kind, string? agentId, string because, Session? session = null) => new()
    {
        Kind = kind,
        AgentId = agentId,
        PersonUuid = session?.PersonUuid,
        SmartcardId = session?.SmartcardId,
        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["because"] = because },
    };
}
