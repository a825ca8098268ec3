using Evercard.Registry;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Keys;

/// <summary>Questions to the journal that several acts ask.</summary>
internal static class JournalQueries
{
    /// <returns>The operation of this card that is neither done nor given up: there is one at most. Null where there is none.</returns>
    public static Task<Operation?> Unfinished(this RegistryContext registry, Guid smartcardId, CancellationToken cancellation) =>
        registry.Operations.SingleOrDefaultAsync(
            o => o.SmartcardId == smartcardId && (o.State == OperationState.Open || o.State == OperationState.Waiting), cancellation);

    /// <summary>A key was at least intended, and the intent was not shown to have come to nothing: there is something to finish.</summary>
    public static Task<bool> IsBegun(this RegistryContext registry, Guid operationId, CancellationToken cancellation) =>
        registry.OperationSteps.AnyAsync(s => s.OperationId == operationId && (s.State != StepState.Voided || s.PublicKey != null), cancellation);
}
