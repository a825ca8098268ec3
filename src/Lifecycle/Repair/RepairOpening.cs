using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Lifecycle.Contacts;
using Evercard.Lifecycle.Greeting;
using Evercard.Lifecycle.Keys;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Repair;

/// <summary>What an operator asks for.</summary>
/// <param name="SmartcardId">The card that the operator's agent says it sees.</param>
/// <param name="SessionId">The operator's log-in (<see cref="Session.Id"/>).</param>
/// <param name="AgentId">The agent of the operator's computer.</param>
/// <param name="IsHere">That agent sees the card now.</param>
/// <param name="Evidence">How the cardholder was known.</param>
/// <param name="Reason">Why, where the card needs no repair; at most 200 characters.</param>
public sealed record RepairRequest(Guid SmartcardId, string SessionId, string AgentId, bool IsHere, IdentityEvidence Evidence, string? Reason = null);

/// <summary>Whether a repair may go on.</summary>
public abstract record RepairOpened
{
    /// <param name="OperationId">The operation.</param>
    /// <param name="Epoch">This visit's number.</param>
    /// <param name="Reference">EV-XXXX-XX.</param>
    public sealed record At(Guid OperationId, int Epoch, string Reference) : RepairOpened;

    public sealed record Refused(Refusal Refusal) : RepairOpened;
}

/// <summary>
/// The operation of a repair: opened when the operator says who the cardholder is, confirmed by the operator's own card, begun by the
/// passcode that the cardholder sets. Each with its audit event.
/// </summary>
public sealed class RepairOpening(Database database, CertificateAuthority authority, RoleTable roles, LifecycleOptions options, TimeProvider time)
{
    private const int LongestReason = 200;

    /// <summary>Opens it, or takes over one that was cut; an unfinished renewal of the card is ended by it.</summary>
    public Task<RepairOpened> Open(RepairRequest request, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var (opened, what) = await Decide(records, request, cancellation);
                await records.Registry.Save(what, cancellation);
                return opened is RepairOpened.Refused no ? new RepairOpened.Refused(await no.Refusal.WithHelp(records.Registry, what.PersonUuid, cancellation)) : opened;
            },
            cancellation);

    /// <summary>The cardholder has set a passcode: the confirmed operation is worked on, a waiting one once more.</summary>
    /// <param name="operationId">The operation.</param>
    /// <param name="smartcardId">The card that the agent says it sees.</param>
    /// <param name="sessionId">The operator's log-in.</param>
    /// <param name="agentId">The agent of the operator's computer.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<RepairOpened> Begin(Guid operationId, Guid smartcardId, string sessionId, string agentId, CancellationToken cancellation) =>
        database.Write<RepairOpened>(
            async records =>
            {
                var (now, registry) = (time.GetUtcNow(), records.Registry);
                var operation = await registry.Operations.SingleOrDefaultAsync(
                    o => o.Id == operationId && o.Act == Act.Repair && o.SmartcardId == smartcardId && o.OperatorSessionId == sessionId && o.AgentId == agentId, cancellation);
                var refusal = operation is not { State: OperationState.Open or OperationState.Waiting } ? Refusals.LinkExpired()
                    : operation.ConfirmedAt is null || operation.ConfirmedAt + options.ConfirmationGoodFor < now ? Refusals.NotConfirmed()
                    : await Judge(
                        records, new RepairRequest(smartcardId, sessionId, agentId, IsHere: true, Enum.Parse<IdentityEvidence>(operation.IdentityEvidence!), operation.Reason), now, cancellation);
                if (refusal is not null)
                {
                    await registry.Save(Refused(smartcardId, operation?.PersonUuid, agentId, refusal), cancellation);
                    return new RepairOpened.Refused(await refusal.WithHelp(registry, operation?.PersonUuid, cancellation));
                }

                operation!.Epoch++;
                operation.State = OperationState.Open;
                operation.BeginVisit(agentId, operation.ComputerName, now);
                await registry.Save(ActJournal.What("RepairBegun", operation), cancellation);
                return new RepairOpened.At(operation.Id, operation.Epoch, operation.Reference);
            },
            cancellation);

    /// <summary>Records a repair that was refused because of the computer.</summary>
    public Task RecordRefusal(Guid? smartcardId, string agentId, Refusal refusal, CancellationToken cancellation) =>
        database.Write(records => records.Registry.Save(Refused(smartcardId, null, agentId, refusal), cancellation), cancellation);

    private async Task<(RepairOpened Opened, AuditEvent What)> Decide(Records records, RepairRequest request, CancellationToken cancellation)
    {
        var (now, registry) = (time.GetUtcNow(), records.Registry);
        var card = await registry.Smartcards.SingleOrDefaultAsync(c => c.Id == request.SmartcardId, cancellation);
        if ((card is null ? Refusals.CardUnknown() : await Judge(records, request, now, cancellation)) is { } no)
        {
            return (new RepairOpened.Refused(no), Refused(card?.Id, card?.PersonUuid, request.AgentId, no));
        }

        var session = await registry.Sessions.SingleAsync(s => s.Id == request.SessionId, cancellation);
        var agent = await registry.Agents.SingleAsync(a => a.Id == request.AgentId, cancellation);
        var open = await registry.Unfinished(card!.Id, cancellation);
        if (open is { Act: not Act.Repair })
        {
            // The keys are made anew.
            await new ActEnding("the card is repaired", RevocationReason.CessationOfOperation).End(records, authority, open, now, cancellation);
            open = null;
        }

        if (open is null)
        {
            open = NewOperation.Of(Act.Repair, card, agent, options, now);
            registry.Operations.Add(open);
        }
        else
        {
            // It was stopped long enough ago that somebody has looked after the cause.
            open.Failures = open.Failures >= RepairPolicy.MostFailures ? 0 : open.Failures;
            open.Epoch++;
            open.State = OperationState.Open;
            open.BeginVisit(agent.Id, agent.ComputerName, now);
        }

        (open.OperatorUuid, open.OperatorSmartcardId, open.OperatorSessionId) = (session.PersonUuid, session.SmartcardId, session.Id);
        (open.IdentityEvidence, open.Reason) = (request.Evidence.ToString(), Short(request.Reason));
        (open.ConfirmedAt, open.ConfirmationStatement, open.ConfirmationSignature) = (null, null, null);
        return (new RepairOpened.At(open.Id, open.Epoch, open.Reference), ActJournal.What(
            "RepairRequested", open, ("operator", session.PersonUuid), ("operatorCard", $"{session.SmartcardId:D}"), ("evidence", open.IdentityEvidence), ("reason", open.Reason ?? "none")));
    }

    private async Task<Refusal?> Judge(Records records, RepairRequest request, DateTimeOffset now, CancellationToken cancellation)
    {
        var registry = records.Registry;
        var session = await registry.Sessions.SingleOrDefaultAsync(s => s.Id == request.SessionId && s.AgentId == request.AgentId, cancellation);
        if (session?.IsLive(now, options.SessionAtMost) != true)
        {
            return Refusals.LoggedOut(session, options.TimeZone);
        }

        var card = await registry.Smartcards.SingleAsync(c => c.Id == request.SmartcardId, cancellation);
        var role = await registry.RoleProfiles.SingleOrDefaultAsync(r => r.Id == session.RoleProfileId, cancellation);
        var notAfter = await registry.Credentials
            .Where(c => c.SmartcardId == card.Id && c.Status == CredentialStatus.Current)
            .MinAsync(c => (DateTimeOffset?)c.NotAfter, cancellation);
        var unfinished = await registry.Unfinished(card.Id, cancellation);
        return RepairPolicy.Refuse(
            new RepairFacts(
                now,
                card,
                await registry.People.SingleAsync(p => p.Uuid == card.PersonUuid, cancellation),
                notAfter,
                session.PersonUuid,
                roles.Allows(role?.RoleCode, RolePermission.Repair),
                await registry.Agents.Where(a => a.Id == request.AgentId).Select(a => a.Status).SingleAsync(cancellation),
                request.IsHere,
                request.Evidence,
                request.Reason,
                unfinished,
                await NewerCard.Of(registry, card, cancellation)),
            options);
    }

    private static string? Short(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? null : string.Concat(reason.Where(c => !char.IsControl(c)).Take(LongestReason)).Trim();

    private static AuditEvent Refused(Guid? smartcardId, string? personUuid, string agentId, Refusal refusal) => new()
    {
        Kind = "RepairRefused",
        SmartcardId = smartcardId,
        PersonUuid = personUuid,
        AgentId = agentId,
        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = refusal.Code },
    };
}
