using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Contacts;
using Evercard.Lifecycle.Greeting;
using Evercard.Lifecycle.Keys;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Renewal;

/// <summary>Who asks for a renewal, where.</summary>
/// <param name="SmartcardId">The card that the agent says it sees.</param>
/// <param name="AgentId">The agent that will run the scripts.</param>
/// <param name="SessionId">The log-in; null asks only to finish what was begun.</param>
/// <param name="TakeOver">The person said that it goes on here, not where it was begun.</param>
/// <param name="ForCardholder">The log-in is of somebody who renews for the cardholder, whose card and passcode are there as well.</param>
public sealed record RenewalRequest(Guid SmartcardId, string AgentId, string? SessionId, bool TakeOver = false, bool ForCardholder = false);

/// <summary>Whether a renewal may go on.</summary>
public abstract record RenewalOpened
{
    /// <param name="OperationId">The operation.</param>
    /// <param name="Epoch">This visit's number.</param>
    /// <param name="Reference">EV-XXXX-XX.</param>
    /// <param name="Resumed">It was begun earlier: it is taken over only once a recorded key has proven itself here.</param>
    /// <param name="Helper">The log-in of whoever renews for the cardholder; null where the cardholder does it alone.</param>
    public sealed record At(Guid OperationId, int Epoch, string Reference, bool Resumed, Session? Helper = null) : RenewalOpened;

    public sealed record Refused(Refusal Refusal) : RenewalOpened;
}

/// <summary>Steps 3 and 4: the policy, then the operation is opened or taken over, with its audit event.</summary>
public sealed class RenewalOpening(Database database, RoleTable roles, LifecycleOptions options, TimeProvider time)
{
    public Task<RenewalOpened> Open(RenewalRequest request, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var (opened, what) = await Decide(records, request, cancellation);
                await records.Registry.Save(what, cancellation);
                return opened is RenewalOpened.Refused no ? new RenewalOpened.Refused(await no.Refusal.WithHelp(records.Registry, what.PersonUuid, cancellation)) : opened;
            },
            cancellation);

    /// <summary>Records a renewal that was refused because of the computer, or before the card was looked up.</summary>
    public Task RecordRefusal(Guid? smartcardId, string agentId, Refusal refusal, CancellationToken cancellation) =>
        database.Write(records => records.Registry.Save(Refused(smartcardId, null, agentId, refusal), cancellation), cancellation);

    private async Task<(RenewalOpened Opened, AuditEvent What)> Decide(Records records, RenewalRequest request, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var registry = records.Registry;
        var card = await registry.Smartcards.SingleOrDefaultAsync(c => c.Id == request.SmartcardId, cancellation);
        if (card is null)
        {
            return Refuse(request, null, Refusals.CardUnknown());
        }

        var holder = await registry.People.SingleAsync(p => p.Uuid == card.PersonUuid, cancellation);
        var agent = await registry.Agents.SingleAsync(a => a.Id == request.AgentId, cancellation);
        var begunSession = await registry.Sessions.SingleOrDefaultAsync(s => s.Id == request.SessionId && s.AgentId == request.AgentId, cancellation);
        var session = begunSession?.IsLive(now, options.SessionAtMost) == true ? begunSession : null;
        if (agent.Status == AgentStatus.Quarantined)
        {
            return Refuse(request, card, Refusals.AgentQuarantined(null));
        }

        var open = await registry.Unfinished(card.Id, cancellation);
        if (open is { Act: Act.Issuance })
        {
            return Refuse(request, card, Refusals.IssuanceUnfinished(open.Reference));
        }

        if (open is { Act: Act.Repair } && !await registry.IsBegun(open.Id, cancellation))
        {
            // Somebody looked at the card at a desk and left it at that: no key was touched, and its holder is here with it.
            (open.State, open.ClosedAt, open.ClosedBecause) = (OperationState.Aborted, now, "no key was touched, and the cardholder renews the card");
            await registry.Save(ActJournal.What("RepairAborted", open, ("because", open.ClosedBecause)), cancellation);
            open = null;
        }

        if (open is { Act: not Act.Renewal })
        {
            return Refuse(request, card, Refusals.RepairUnfinished(open.TouchedAt, options.TimeZone, open.Reference));
        }

        if (session is null && (open is null || request.SessionId is not null))
        {
            return Refuse(request, card, Refusals.LoggedOut(begunSession, options.TimeZone));
        }

        // Whoever renews for somebody else has the card in another reader, and its holder types the passcode.
        var helper = request.ForCardholder && session?.PersonUuid != holder.Uuid ? session : null;
        if (helper is not null && await RefuseHelper(registry, helper, open, now, cancellation) is { } notHelping)
        {
            return Refuse(request, card, notHelping);
        }

        // Judged anew at each visit, so that a card that was cancelled meanwhile is not finished either.
        var askedBy = session is null || helper is not null ? holder : await registry.People.SingleAsync(p => p.Uuid == session.PersonUuid, cancellation);
        var facts = await Facts(registry, card, holder, askedBy, session, now, cancellation);
        if (open is not null && await registry.IsBegun(open.Id, cancellation))
        {
            return RefuseToResume(request, open, facts, now) is { } refusal ? Refuse(request, card, refusal) : Resume(request, open, helper);
        }

        if (session is null)
        {
            return Refuse(request, card, Refusals.LoggedOut(begunSession, options.TimeZone));
        }

        if (RenewalPolicy.Refuse(facts, options) is { } no)
        {
            return Refuse(request, card, no);
        }

        if (open is not null && open.OpenedAt + options.AbandonUntouchedAfter > now)
        {
            return TakeOverUntouched(open, agent, helper, now);
        }

        if (open is not null)
        {
            (open.State, open.ClosedAt, open.ClosedBecause) = (OperationState.Aborted, now, "no key was touched in time");
            await registry.Save(ActJournal.What("RenewalAborted", open, ("because", open.ClosedBecause)), cancellation);
        }

        return OpenNew(registry, card, agent, helper, now);
    }

    private async Task<Refusal?> RefuseHelper(Registry.RegistryContext registry, Session helper, Operation? open, DateTimeOffset now, CancellationToken cancellation)
    {
        var role = await registry.RoleProfiles.SingleOrDefaultAsync(r => r.Id == helper.RoleProfileId, cancellation);
        return !roles.Allows(role?.RoleCode, RolePermission.AssistedRenewal) ? Refusals.PermissionNone(RolePermission.AssistedRenewal, null)
            : open is not null && DeskPolicy.IsStopped(open, now, options) ? Refusals.RetryStop(open.Reference)
            : null;
    }

    private Refusal? RefuseToResume(RenewalRequest request, Operation open, RenewalFacts facts, DateTimeOffset now) => facts switch
    {
        { Card.Status: SmartcardStatus.Cancelled } => Refusals.CardCancelled(facts.Card, facts.NewerCard, options.TimeZone),
        { Holder.Status: Registry.People.PersonStatus.Closed } => Refusals.ProfileClosed(facts.Holder, options.TimeZone),
        _ when facts.Holder.Uuid != facts.AskedBy => Refusals.CardNotYours(facts.Holder.FullName, facts.AskedByName),

        // FinishBy limits what an expired card may do, and nothing else.
        _ when now > open.FinishBy && now > facts.NotAfter => Refusals.RenewalTooLate(open.Reference),
        _ when open.State == OperationState.Open && open.AgentId != request.AgentId && !request.TakeOver && open.TouchedAt + options.UnderWayFor > now =>
            Refusals.RenewalOpen(open.ComputerName, open.Reference),
        _ => null,
    };

    /// <summary>Asking changes nothing: whoever only knows a card's number must not disturb the visit that has the card.</summary>
    private static (RenewalOpened Opened, AuditEvent What) Resume(RenewalRequest request, Operation open, Session? helper) =>
        (new RenewalOpened.At(open.Id, open.Epoch + 1, open.Reference, Resumed: true, helper), new AuditEvent
        {
            Kind = "RenewalFinishAsked", OperationId = open.Id, SmartcardId = open.SmartcardId, PersonUuid = open.PersonUuid, AgentId = request.AgentId,
            Facts = ActJournal.By(helper).ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal),
        });

    /// <summary>No key was touched, and its holder is logged in: it goes on here.</summary>
    private static (RenewalOpened Opened, AuditEvent What) TakeOverUntouched(Operation open, Agent agent, Session? helper, DateTimeOffset now)
    {
        open.Epoch++;
        open.State = OperationState.Open;
        open.BeginVisit(agent.Id, agent.ComputerName, now);
        open.HelpedBy(helper);
        return (new RenewalOpened.At(open.Id, open.Epoch, open.Reference, Resumed: false, helper), ActJournal.What("RenewalRequested", open, ActJournal.By(helper)));
    }

    private (RenewalOpened Opened, AuditEvent What) OpenNew(Registry.RegistryContext registry, Smartcard card, Agent agent, Session? helper, DateTimeOffset now)
    {
        var operation = NewOperation.Of(Act.Renewal, card, agent, options, now);
        operation.HelpedBy(helper);
        registry.Operations.Add(operation);
        return (new RenewalOpened.At(operation.Id, operation.Epoch, operation.Reference, Resumed: false, helper), ActJournal.What("RenewalRequested", operation, ActJournal.By(helper)));
    }

    internal static async Task<RenewalFacts> Facts(
        Registry.RegistryContext registry, Smartcard card, Registry.People.Person holder, Registry.People.Person askedBy, Session? session, DateTimeOffset now, CancellationToken cancellation)
    {
        var notAfter = await registry.Credentials
            .Where(c => c.SmartcardId == card.Id && c.Status == CredentialStatus.Current)
            .MinAsync(c => (DateTimeOffset?)c.NotAfter, cancellation) ?? DateTimeOffset.MinValue;
        var renewed = session is null ? null : await registry.Operations
            .Where(o => o.SmartcardId == card.Id && o.Act == Act.Renewal && o.State == OperationState.Completed && o.ClosedAt >= session.StartedAt)
            .OrderByDescending(o => o.ClosedAt)
            .FirstOrDefaultAsync(cancellation);
        return new RenewalFacts(
            now, card, holder, askedBy.Uuid, askedBy.FullName, notAfter,
            RenewedAt: renewed is null ? null : (renewed.ClosedAt!.Value, renewed.ComputerName),
            NewerCard: await NewerCard.Of(registry, card, cancellation));
    }

    private static (RenewalOpened Opened, AuditEvent What) Refuse(RenewalRequest request, Smartcard? card, Refusal refusal) =>
        (new RenewalOpened.Refused(refusal), Refused(card?.Id, card?.PersonUuid, request.AgentId, refusal));

    private static AuditEvent Refused(Guid? smartcardId, string? personUuid, string agentId, Refusal refusal) => new()
    {
        Kind = "RenewalRefused",
        SmartcardId = smartcardId,
        PersonUuid = personUuid,
        AgentId = agentId,
        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = refusal.Code },
    };
}
