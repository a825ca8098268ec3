using Evercard.Lifecycle;
using Evercard.Lifecycle.Notifications;
using Evercard.Lifecycle.ServiceDesk;
using Evercard.Registry;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Evercard.Server.Browsers;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.ServiceDesk;

/// <summary>Looks references up for the service desk. Whoever looks is written down.</summary>
public sealed class References(Database database, CardholderAlarms alarms, LifecycleOptions options, TimeProvider time)
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <param name="reference">As it stands in the database.</param>
    /// <param name="who">Who asks.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where there is no such reference.</returns>
    public async Task<WhatHappened?> Find(string reference, SignedIn who, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var facts = await database.Read(records => Read(records.Registry, reference, now, cancellation), cancellation);
        if (facts is null)
        {
            return null;
        }

        await database.Write(
            records => records.Registry.Save(
                new AuditEvent
                {
                    Kind = "ReferenceLookedUp",
                    OperationId = facts.Operation.Id,
                    SmartcardId = facts.Operation.SmartcardId,
                    PersonUuid = facts.Operation.PersonUuid,
                    AgentId = who.Browser.AgentId,
                    Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["operator"] = who.Person.Uuid, ["reference"] = reference },
                },
                cancellation),
            cancellation);
        return WhatHappened.Of(facts, now, options.TimeZone);
    }

    private async Task<ReferenceFacts?> Read(RegistryContext registry, string reference, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await registry.Operations.SingleOrDefaultAsync(o => o.Reference == reference, cancellation) is not { } operation)
        {
            return null;
        }

        var newest = await registry.Operations.Where(o => o.SmartcardId == operation.SmartcardId && o.Act != Act.Unlock).OrderByDescending(o => o.OpenedAt).FirstOrDefaultAsync(cancellation)
            ?? operation;
        var person = await registry.People.SingleAsync(p => p.Uuid == operation.PersonUuid, cancellation);
        return new ReferenceFacts(
            operation,
            await Steps(operation),
            newest,
            await Steps(newest),
            await registry.Credentials.Where(c => c.SmartcardId == operation.SmartcardId && c.Status == CredentialStatus.Current).ToListAsync(cancellation),
            await registry.Smartcards.Where(c => c.Id == operation.SmartcardId).Select(c => c.Status).SingleAsync(cancellation),
            person.FullName,
            await registry.Organisations.Where(o => o.Code == person.OrganisationCode).Select(o => o.Name).SingleAsync(cancellation),
            operation.StoppedCode is { } code ? await Others(registry, operation.SmartcardId, code, now - Lately, cancellation) : 0,
            await alarms.OfCard(registry, operation.SmartcardId, cancellation));

        Task<List<OperationStep>> Steps(Operation of) => registry.OperationSteps.Where(s => s.OperationId == of.Id).ToListAsync(cancellation);
    }

    /// <summary>
    /// How many other cards were stopped, or turned away, with this code. Counted in the database, along the trail's own order: from its end
    /// back to where the hour began, however long the trail is. The facts of an event are one text there.
    /// </summary>
    private static Task<int> Others(RegistryContext registry, Guid smartcardId, string code, DateTimeOffset since, CancellationToken cancellation)
    {
        var (asCode, asCause, began) = ($"%\"code\":\"{code}\"%", $"%\"because\":\"{code}\"%", since.UtcTicks);
        return registry.Database.SqlQuery<int>(
            $"""
            SELECT COUNT(DISTINCT "SmartcardId") AS "Value" FROM "audit_events"
            WHERE "Sequence" > COALESCE((SELECT "Sequence" FROM "audit_events" WHERE "At" < {began} ORDER BY "Sequence" DESC LIMIT 1), 0)
            AND "SmartcardId" <> {smartcardId} AND ("Facts" LIKE {asCode} OR "Facts" LIKE {asCause})
            """).SingleAsync(cancellation);
    }
}
