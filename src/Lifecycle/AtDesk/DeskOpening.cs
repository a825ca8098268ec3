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

namespace Evercard.Lifecycle.AtDesk;

/// <summary>What an operator asks for.</summary>
/// <param name="Act">Repair or Unlock.</param>
/// <param name="SmartcardId">The card that the operator's agent says it sees.</param>
/// <param name="SessionId">The operator's log-in (<see cref="Session.Id"/>).</param>
/// <param name="AgentId">The agent of the operator's computer.</param>
/// <param name="IsHere">That agent sees the card now.</param>
/// <param name="Evidence">How the cardholder was known.</param>
/// <param name="Reason">Why, where the card needs no repair; at most 200 characters.</param>
public sealed record DeskRequest(Act Act, Guid SmartcardId, string SessionId, string AgentId, bool IsHere, IdentityEvidence Evidence, string? Reason = null);

/// <summary>Whether an act at a desk may go on.</summary>
public abstract record DeskOpened
{
    /// <param name="OperationId">The operation.</param>
    /// <param name="Epoch">This visit's number.</param>
    /// <param name="Reference">EV-XXXX-XX.</param>
    public sealed record At(Guid OperationId, int Epoch, string Reference) : DeskOpened;

    public sealed record Refused(Refusal Refusal) : DeskOpened;
}

/// <summary>
/// The operation of an act on another person's card: opened when the operator says who the cardholder is, confirmed by the operator's own
/// card, begun by the passcode that the cardholder sets. Each with its audit event.
/// </summary>
public sealed class DeskOpening(Database database, RoleTable roles, LifecycleOptions options, TimeProvider time)
{
    private const int LongestReason = 200;

    /// <summary>Opens it, or takes over one that was cut. A repair ends an unfinished renewal of the card; an unlock runs beside it.</summary>
    public Task<DeskOpened> Open(DeskRequest request, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var (opened, what) = await Decide(records, request, cancellation);
                await records.Registry.Save(what, cancellation);
                return opened is DeskOpened.Refused no ? new DeskOpened.Refused(await no.Refusal.WithHelp(records.Registry, what.PersonUuid, cancellation)) : opened;
            },
            cancellation);

    /// <summary>The cardholder has set a passcode: the confirmed operation is worked on, a waiting one once more.</summary>
    /// <param name="act">What was confirmed: another act does not begin by it.</param>
    /// <param name="operationId">The operation.</param>
    /// <param name="smartcardId">The card that the agent says it sees.</param>
    /// <param name="sessionId">The operator's log-in.</param>
    /// <param name="agentId">The agent of the operator's computer.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<DeskOpened> Begin(Act act, Guid operationId, Guid smartcardId, string sessionId, string agentId, CancellationToken cancellation) =>
        database.Write<DeskOpened>(
            async records =>
            {
                var (now, registry) = (time.GetUtcNow(), records.Registry);
                var operation = await registry.Operations.SingleOrDefaultAsync(
                    o => o.Id == operationId && o.Act == act && o.SmartcardId == smartcardId && o.OperatorSessionId == sessionId && o.AgentId == agentId, cancellation);
                var refusal = operation is not { State: OperationState.Open or OperationState.Waiting } ? Refusals.LinkExpired()
                    : operation.ConfirmedAt is null || operation.ConfirmedAt + options.ConfirmationGoodFor < now ? Refusals.NotConfirmed()
                    : await Judge(
                        records,
                        new DeskRequest(operation.Act, smartcardId, sessionId, agentId, IsHere: true, Enum.Parse<IdentityEvidence>(operation.IdentityEvidence!), operation.Reason),
                        now, cancellation);
                if (refusal is not null)
                {
                    await registry.Save(Refused(act, smartcardId, operation?.PersonUuid, agentId, refusal), cancellation);
                    return new DeskOpened.Refused(await refusal.WithHelp(registry, operation?.PersonUuid, cancellation));
                }

                operation!.Epoch++;
                operation.State = OperationState.Open;
                operation.BeginVisit(agentId, operation.ComputerName, now);
                await registry.Save(ActJournal.What($"{operation.Act}Begun", operation), cancellation);
                return new DeskOpened.At(operation.Id, operation.Epoch, operation.Reference);
            },
            cancellation);

    /// <summary>Records an act that was refused because of the computer.</summary>
    public Task RecordRefusal(Act act, Guid? smartcardId, string agentId, Refusal refusal, CancellationToken cancellation) =>
        database.Write(records => records.Registry.Save(Refused(act, smartcardId, null, agentId, refusal), cancellation), cancellation);

    private async Task<(DeskOpened Opened, AuditEvent What)> Decide(Records records, DeskRequest request, CancellationToken cancellation)
    {
        var (now, registry) = (time.GetUtcNow(), records.Registry);
        var card = await registry.Smartcards.SingleOrDefaultAsync(c => c.Id == request.SmartcardId, cancellation);
        if ((card is null ? Refusals.CardUnknown() : await Judge(records, request, now, cancellation)) is { } no)
        {
            return (new DeskOpened.Refused(no), Refused(request.Act, card?.Id, card?.PersonUuid, request.AgentId, no));
        }

        var session = await registry.Sessions.SingleAsync(s => s.Id == request.SessionId, cancellation);
        var agent = await registry.Agents.SingleAsync(a => a.Id == request.AgentId, cancellation);
        if (request.Act == Act.Repair)
        {
            // The keys are made anew, and a passcode is set: nothing else is left to finish.
            foreach (var other in await registry.Unfinished(card!.Id).Where(o => o.Act != Act.Repair).ToListAsync(cancellation))
            {
                await new ActEnding("the card is repaired", RevocationReason.CessationOfOperation).End(records, other, now, cancellation);
            }
        }

        var open = await registry.Unfinished(card!.Id, request.Act, cancellation);
        if (open is null)
        {
            open = NewOperation.Of(request.Act, card, agent, options, now);
            registry.Operations.Add(open);
        }
        else
        {
            open.Epoch++;
            open.State = OperationState.Open;
            open.BeginVisit(agent.Id, agent.ComputerName, now);
        }

        open.HelpedBy(session);
        (open.IdentityEvidence, open.Reason) = (request.Evidence.ToString(), Short(request.Reason));
        (open.ConfirmedAt, open.ConfirmationStatement, open.ConfirmationSignature) = (null, null, null);
        return (new DeskOpened.At(open.Id, open.Epoch, open.Reference), ActJournal.What(
            $"{open.Act}Requested", open, ("operator", session.PersonUuid), ("operatorCard", $"{session.SmartcardId:D}"), ("evidence", open.IdentityEvidence), ("reason", open.Reason ?? "none")));
    }

    private async Task<Refusal?> Judge(Records records, DeskRequest request, DateTimeOffset now, CancellationToken cancellation)
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
        return DeskPolicy.Refuse(
            new DeskFacts(
                request.Act,
                now,
                card,
                await registry.People.SingleAsync(p => p.Uuid == card.PersonUuid, cancellation),
                notAfter,
                session.PersonUuid,
                roles.Allows(role?.RoleCode, DeskPolicy.PermissionFor(request.Act)),
                await registry.Agents.Where(a => a.Id == request.AgentId).Select(a => a.Status).SingleAsync(cancellation),
                request.IsHere,
                request.Evidence,
                request.Reason,
                await registry.Unfinished(card.Id, cancellation),
                await registry.Unfinished(card.Id, request.Act, cancellation),
                await NewerCard.Of(registry, card, cancellation)),
            options);
    }

    private static string? Short(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : PlainLine.Of(reason, LongestReason);

    private static AuditEvent Refused(Act act, Guid? smartcardId, string? personUuid, string agentId, Refusal refusal) => new()
    {
        Kind = $"{act}Refused",
        SmartcardId = smartcardId,
        PersonUuid = personUuid,
        AgentId = agentId,
        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = refusal.Code },
    };
}
