using Evercard.Registry;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.History;

/// <summary>Who did what an event tells of. An event names whom it concerns; who did it stands in its facts, or follows from its operation.</summary>
/// <param name="Acts">Of the operations of the events.</param>
/// <param name="Repairs">Events that tell who asked for a repair, newest first.</param>
/// <param name="Names">By UUID.</param>
internal sealed record Doers(Dictionary<Guid, Act> Acts, IReadOnlyList<AuditEvent> Repairs, Dictionary<string, string> Names)
{
    public const string Service = "The service";
    public const string IssuingDesk = "Whoever issued it";

    private const string Operator = "operator";
    private const string RepairRequested = "RepairRequested";

    /// <summary>What the service does by itself although it concerns a person.</summary>
    private static readonly HashSet<string> ByTheService = new(StringComparer.Ordinal)
    {
        "RenewalAborted", "RepairAborted", "UnlockAborted", "RenewalKept", "RepairKept", "UnlockKept", "OrphanRevoked", "OrphanKept", "SessionKept", "OldKeyFound", "NotificationSent",
        "NotificationGivenUp",
    };

    /// <summary>What cardholders do themselves, although it concerns an act that somebody did for them.</summary>
    private static readonly HashSet<string> ByTheCardholder = new(StringComparer.Ordinal) { "CardholderAlarm", "CardholderAlarmKept" };

    /// <summary>Reads what is needed for these events.</summary>
    public static async Task<Doers> Of(RegistryContext registry, IReadOnlyList<AuditEvent> events, CancellationToken cancellation)
    {
        var operations = events.Select(e => e.OperationId).OfType<Guid>().Distinct().ToList();
        var acts = await registry.Operations.Where(o => operations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Act, cancellation);

        // A repair may be finished by another operator than the one who began it.
        var repairs = await registry.AuditEvents.Where(e => e.OperationId != null && operations.Contains(e.OperationId.Value) && e.Kind == RepairRequested)
            .OrderByDescending(e => e.Sequence).ToListAsync(cancellation);
        var uuids = events.Concat(repairs).SelectMany(e => new[] { e.PersonUuid, e.Facts.GetValueOrDefault(Operator) }).OfType<string>().Distinct().ToList();
        var names = await registry.People.Where(p => uuids.Contains(p.Uuid)).ToDictionaryAsync(p => p.Uuid, p => p.FullName, cancellation);
        return new Doers(acts, repairs, names);
    }

    /// <param name="what">One of the events.</param>
    /// <param name="reader">Who reads it, and is "You"; null for none.</param>
    public string NameOf(AuditEvent what, string? reader)
    {
        Act? act = what.OperationId is { } id && Acts.TryGetValue(id, out var found) ? found : null;
        var told = what.Facts.GetValueOrDefault(Operator);
        if (told is null or "unknown" && act == Act.Issuance)
        {
            return IssuingDesk;
        }

        var doer = told is not (null or "unknown") ? told
            : ByTheService.Contains(what.Kind) ? null
            : ByTheCardholder.Contains(what.Kind) ? what.PersonUuid
            : act == Act.Repair ? Repairs.FirstOrDefault(e => e.OperationId == what.OperationId && e.Sequence <= what.Sequence)?.Facts.GetValueOrDefault(Operator)
            : what.PersonUuid;
        return doer is null ? Service : doer == reader ? "You" : Names.GetValueOrDefault(doer, "Somebody who is no longer on the books");
    }
}
