using Evercard.Authority;
using Evercard.Lifecycle.Contacts;
using Evercard.Lifecycle.Greeting;
using Evercard.Lifecycle.Keys;
using Evercard.Lifecycle.Notifications;
using Evercard.Lifecycle.Roles;
using Evercard.Lifecycle.Sessions;
using Evercard.Registry;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Cancellation;

/// <summary>What an operator asks for.</summary>
/// <param name="SmartcardId">The card.</param>
/// <param name="SessionId">The operator's log-in (<see cref="Session.Id"/>).</param>
/// <param name="AgentId">The agent of the operator's computer.</param>
/// <param name="Reason">Why.</param>
public sealed record CancellationRequest(Guid SmartcardId, string SessionId, string AgentId, CancellationReason Reason);

/// <summary>
/// Ends a smartcard for ever, at once and as a whole: one transaction cancels the card, revokes its certificates, gives up an act that was
/// begun with it, and ends its log-ins.
/// </summary>
public sealed class Cancellation(
    Database database, CertificateAuthority authority, RoleTable roles, SessionLife sessions, LifecycleOptions options, TimeProvider time)
{
    /// <returns>Null where the card is cancelled now.</returns>
    public async Task<Refusal?> Cancel(CancellationRequest request, CancellationToken cancellation)
    {
        var (refusal, ended) = await database.Write<(Refusal? Refusal, IReadOnlyList<SessionChange> Ended)>(
            async records =>
            {
                var card = await records.Registry.Smartcards.SingleOrDefaultAsync(c => c.Id == request.SmartcardId, cancellation);
                return (card is null ? Refusals.CardUnknown() : await Judge(records.Registry, card, request.SessionId, request.AgentId, cancellation)) is { } no
                    ? (await Refuse(records.Registry, card, request, no, cancellation), [])
                    : (null, await Carry(records, card!, request, cancellation));
            },
            cancellation);
        sessions.Tell(ended);
        return refusal;
    }

    /// <summary>The same question without the act, and without a trace: for the page that asks for the reason.</summary>
    public Task<Refusal?> WhyNot(Guid smartcardId, string sessionId, string agentId, CancellationToken cancellation) =>
        database.Read(
            async records =>
            {
                var card = await records.Registry.Smartcards.SingleOrDefaultAsync(c => c.Id == smartcardId, cancellation);
                var refusal = card is null ? Refusals.CardUnknown() : await Judge(records.Registry, card, sessionId, agentId, cancellation);
                return refusal is null ? null : await refusal.WithHelp(records.Registry, card?.PersonUuid, cancellation);
            },
            cancellation);

    private async Task<Refusal?> Judge(RegistryContext registry, Smartcard card, string sessionId, string agentId, CancellationToken cancellation)
    {
        var session = await registry.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.AgentId == agentId, cancellation);
        if (session?.IsLive(time.GetUtcNow(), options.SessionAtMost) != true)
        {
            return Refusals.LoggedOut(session, options.TimeZone);
        }

        var role = await registry.RoleProfiles.SingleOrDefaultAsync(r => r.Id == session.RoleProfileId, cancellation);
        return CancellationPolicy.Refuse(
            new CancellationFacts(
                card,
                session.PersonUuid,
                roles.Allows(role?.RoleCode, RolePermission.Cancel),
                await registry.Unfinished(card.Id, cancellation),
                await NewerCard.Of(registry, card, cancellation)),
            options);
    }

    private async Task<IReadOnlyList<SessionChange>> Carry(Records records, Smartcard card, CancellationRequest request, CancellationToken cancellation)
    {
        var (registry, now, terms) = (records.Registry, time.GetUtcNow(), request.Reason.Terms());
        var session = await registry.Sessions.SingleAsync(s => s.Id == request.SessionId, cancellation);
        (card.Status, card.CancelledAt, card.CancelledBecause) = (SmartcardStatus.Cancelled, now, terms.Because);

        var (ended, orphans) = (new List<string>(), new List<string>());
        foreach (var open in await registry.Unfinished(card.Id).OrderBy(o => o.OpenedAt).ToListAsync(cancellation))
        {
            orphans.AddRange(await new ActEnding("the card is cancelled", terms.Revocation).End(records, open, now, cancellation));
            ended.Add(open.Reference);
        }

        var revoked = await Revoke(records, card, terms, cancellation);
        var told = await CardholderNotifications.Add(
            registry,
            new ToldAct(ToldAct.Cancellation, card.Id, card.PersonUuid, request.AgentId) { OperatorSessionId = session.Id, Because = terms.Because },
            options,
            now,
            cancellation);
        await registry.Save(
            What(
                "SmartcardCancelled", card, request,
                ("operator", session.PersonUuid), ("operatorCard", $"{session.SmartcardId:D}"), ("role", session.RoleProfileId ?? "none"),
                ("reason", $"{terms.Reason}"), ("because", terms.Because), ("revocation", $"{terms.Revocation}"),
                ("revoked", revoked.Concat(orphans).ToList() is { Count: > 0 } serials ? string.Join(' ', serials) : "none"),
                ("ended", ended.Count == 0 ? "none" : string.Join(' ', ended)), (CardholderNotifications.Told, told)),
            cancellation);
        return await sessions.EndOfCard(records, card.Id, Session.SmartcardCancelled, cancellation);
    }

    /// <summary>Certificates that a proven successor replaced were revoked then; their keys are gone, and no thief has them.</summary>
    private async Task<List<string>> Revoke(Records records, Smartcard card, CancellationTerms terms, CancellationToken cancellation)
    {
        var serials = new List<string>();
        foreach (var credential in await records.Registry.Credentials
            .Where(c => c.SmartcardId == card.Id && c.Status == CredentialStatus.Current).OrderBy(c => c.KeyReference).ToListAsync(cancellation))
        {
            await authority.Revoke(records.Authority, credential.CertificateSerialNumber, terms.Revocation, cancellation);
            credential.Status = CredentialStatus.Revoked;
            serials.Add(credential.CertificateSerialNumber);
        }

        return serials;
    }

    private static async Task<Refusal> Refuse(RegistryContext registry, Smartcard? card, CancellationRequest request, Refusal refusal, CancellationToken cancellation)
    {
        await registry.Save(What("CancellationRefused", card, request, ("code", refusal.Code)), cancellation);
        return await refusal.WithHelp(registry, card?.PersonUuid, cancellation);
    }

    private static AuditEvent What(string kind, Smartcard? card, CancellationRequest request, params (string Name, string Value)[] facts) => new()
    {
        Kind = kind,
        SmartcardId = card?.Id,
        PersonUuid = card?.PersonUuid,
        AgentId = request.AgentId,
        Facts = facts.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal),
    };
}
