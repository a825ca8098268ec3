using Evercard.Lifecycle.Keys;
using Evercard.Registry;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>An operation with what decides about it.</summary>
/// <param name="Facts">For the rule.</param>
/// <param name="SmartcardId">The card.</param>
/// <param name="Orphans">Serial numbers of certificates, prepared or issued, that end with it.</param>
internal sealed record ReadOperation(OperationFacts Facts, Guid SmartcardId, IReadOnlyList<string> Orphans);

/// <summary>Reads operations for their rule, many at once: a few queries for all of them.</summary>
internal static class OperationReader
{
    /// <summary>Unfinished operations that nobody has touched since. The indexes of those on keys and of unlocks are used where the act is said.</summary>
    public static async Task<List<Guid>> LeftBehind(RegistryContext registry, DateTimeOffset untouchedSince, CancellationToken cancellation)
    {
        var unfinished = registry.Operations.Where(o => (o.State == OperationState.Open || o.State == OperationState.Waiting) && o.TouchedAt < untouchedSince);
        var ids = await unfinished.Where(o => o.Act != Act.Unlock).OrderBy(o => o.OpenedAt).Select(o => o.Id).ToListAsync(cancellation);
        ids.AddRange(await unfinished.Where(o => o.Act == Act.Unlock).OrderBy(o => o.OpenedAt).Select(o => o.Id).ToListAsync(cancellation));
        return ids;
    }

    /// <summary>
    /// An attempt that was voided before the end came to nothing where no key of it is known; of those that were voided at the end, or are not yet proven, nobody
    /// knows whether the card has the key.
    /// </summary>
    public static bool IsHalfway(Operation operation, IReadOnlyList<OperationStep> steps) => steps
        .Where(s => s.State != StepState.Voided || s.PublicKey is not null || s.ChangedAt >= operation.ClosedAt)
        .Any(s => !steps.Any(other => other.KeyReference == s.KeyReference && other.State == StepState.Proven));

    public static async Task<IReadOnlyList<ReadOperation>> Of(RegistryContext registry, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var operations = await registry.Operations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToListAsync(cancellation);
        var cardIds = operations.Select(o => o.SmartcardId).Distinct().ToList();
        var cards = await registry.Smartcards.Where(c => cardIds.Contains(c.Id))
            .Join(registry.People, c => c.PersonUuid, p => p.Uuid, (c, p) => new { c.Id, Card = c.Status, Holder = p.Status })
            .ToDictionaryAsync(c => c.Id, cancellation);
        var current = (await registry.Credentials.Where(c => cardIds.Contains(c.SmartcardId) && c.Status == CredentialStatus.Current)
            .Select(c => new { c.SmartcardId, c.NotAfter, c.CertificateSerialNumber }).ToListAsync(cancellation)).ToLookup(c => c.SmartcardId);
        var steps = (await registry.OperationSteps.AsNoTracking().Where(s => ids.Contains(s.OperationId)).ToListAsync(cancellation)).ToLookup(s => s.OperationId);
        var agents = steps.SelectMany(s => s).Select(s => s.StagedByAgentId).OfType<string>().Distinct().ToList();
        var liars = await registry.Agents.Where(a => agents.Contains(a.Id) && a.Status == AgentStatus.Quarantined).ToDictionaryAsync(a => a.Id, a => a.ComputerName, cancellation);
        return [.. operations.Select(operation => Read(operation))];

        ReadOperation Read(Operation operation)
        {
            var its = steps[operation.Id].ToList();
            var facts = new OperationFacts(
                operation.Act,
                operation.State,
                its.Exists(JournalQueries.IsBegun),
                operation.TouchedAt,
                operation.FinishBy,
                current[operation.SmartcardId].Select(c => (DateTimeOffset?)c.NotAfter).Min(),
                cards[operation.SmartcardId].Card,
                cards[operation.SmartcardId].Holder,
                operation.Reference,
                operation.ComputerName,
                IsHalfway(operation, its),
                its.Where(s => s is { State: StepState.Voided, StagedByAgentId: { } agent } && liars.ContainsKey(agent))
                    .OrderByDescending(s => s.ChangedAt).Select(s => liars[s.StagedByAgentId!]).FirstOrDefault());
            var serials = current[operation.SmartcardId].Select(c => c.CertificateSerialNumber).ToList();
            return new ReadOperation(facts, operation.SmartcardId, [.. its.Select(s => ActEnding.OrphanOf(s, serials)).OfType<string>()]);
        }
    }
}
