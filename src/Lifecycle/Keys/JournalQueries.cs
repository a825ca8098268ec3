using Evercard.Registry;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Keys;

/// <summary>Questions to the journal that several acts ask.</summary>
internal static class JournalQueries
{
    /// <returns>The operation on keys of this card that is neither done nor given up: there is one at most. Null where there is none.</returns>
    public static Task<Operation?> Unfinished(this RegistryContext registry, Guid smartcardId, CancellationToken cancellation) =>
        registry.Unfinished(smartcardId).SingleOrDefaultAsync(o => o.Act != Act.Unlock, cancellation);

    /// <returns>The same of one act. An unlock has a place of its own beside the others.</returns>
    public static Task<Operation?> Unfinished(this RegistryContext registry, Guid smartcardId, Act act, CancellationToken cancellation) =>
        registry.Unfinished(smartcardId).SingleOrDefaultAsync(o => o.Act == act, cancellation);

    /// <returns>All of it, for acts that end whatever is under way: at most one on keys, and one unlock.</returns>
    public static IQueryable<Operation> Unfinished(this RegistryContext registry, Guid smartcardId) =>
        registry.Operations.Where(o => o.SmartcardId == smartcardId && (o.State == OperationState.Open || o.State == OperationState.Waiting));

    /// <summary>A key was at least intended, and the intent was not shown to have come to nothing: there is something to finish.</summary>
    public static Task<bool> IsBegun(this RegistryContext registry, Guid operationId, CancellationToken cancellation) =>
        registry.OperationSteps.AnyAsync(s => s.OperationId == operationId && (s.State != StepState.Voided || s.PublicKey != null), cancellation);

    /// <summary>The same of one attempt that was read.</summary>
    public static bool IsBegun(OperationStep step) => step.State != StepState.Voided || step.PublicKey is not null;
}
