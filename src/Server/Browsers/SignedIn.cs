using Evercard.Lifecycle;
using Evercard.Registry.Computers;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Browsers;

/// <summary>A joined browser with the log-in that it has, live or over.</summary>
/// <param name="Browser">The browser.</param>
/// <param name="Session">The log-in at the agent.</param>
/// <param name="Person">Who is logged in.</param>
/// <param name="Card">With which smartcard.</param>
/// <param name="Role">As what; null where none was chosen.</param>
/// <param name="Organisation">Of the role, or the home organisation.</param>
/// <param name="NotAfter">When the card's certificates end; null where it has none.</param>
/// <param name="IsLive">The browser may act: neither browser nor log-in is over.</param>
public sealed record SignedIn(
    BrowserSession Browser, Session Session, Person Person, Smartcard Card, RoleProfile? Role, Organisation Organisation, DateTimeOffset? NotAfter, bool IsLive)
{
    /// <summary>The card, or the link to it, is gone for the moment.</summary>
    public bool IsSuspended => IsLive && Session.SuspendedUntil is not null;

    /// <summary>Reads it; one snapshot.</summary>
    /// <returns>Null where there is no such browser, or nobody was ever logged in with it.</returns>
    public static Task<SignedIn?> Find(Database database, string browserSessionId, LifecycleOptions options, DateTimeOffset now, CancellationToken cancellation) =>
        database.Read<SignedIn?>(
            async records =>
            {
                var registry = records.Registry;
                if (await registry.BrowserSessions.SingleOrDefaultAsync(b => b.Id == browserSessionId, cancellation) is not { SessionId: { } sessionId } browser)
                {
                    return null;
                }

                var session = await registry.Sessions.SingleAsync(s => s.Id == sessionId, cancellation);
                var card = await registry.Smartcards.SingleAsync(c => c.Id == session.SmartcardId, cancellation);
                var person = await registry.People.SingleAsync(p => p.Uuid == session.PersonUuid, cancellation);
                var role = await registry.RoleProfiles.SingleOrDefaultAsync(r => r.Id == session.RoleProfileId, cancellation);
                var organisationCode = role?.OrganisationCode ?? person.OrganisationCode;
                var organisation = await registry.Organisations.SingleAsync(o => o.Code == organisationCode, cancellation);
                var notAfter = await registry.Credentials.Where(c => c.SmartcardId == card.Id && c.Status == CredentialStatus.Current)
                    .MinAsync(c => (DateTimeOffset?)c.NotAfter, cancellation);
                var isLive = browser is { EndedAt: null, JoinedAt: not null } && session.IsLive(now, options.SessionAtMost);
                return new SignedIn(browser, session, person, card, role, organisation, notAfter, isLive);
            },
            cancellation);
}
