using Evercard.Cards.Piv;
using Evercard.Registry;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Keys;

/// <summary>A key that a card holds for certain: whoever only wants to know what the card says to a passcode asks this one.</summary>
internal static class SureKey
{
    /// <summary>9A; or 9C, where an unfinished act has begun with 9A: at most one key of a card is unproven at any time.</summary>
    /// <returns>Null where there is none.</returns>
    public static async Task<Credential?> Of(RegistryContext registry, Guid smartcardId, CancellationToken cancellation)
    {
        var steps = await registry.OperationSteps
            .Where(s => registry.Operations.Any(
                o => o.Id == s.OperationId && o.SmartcardId == smartcardId && (o.State == OperationState.Open || o.State == OperationState.Waiting)))
            .ToListAsync(cancellation);
        var inFlight = steps.GroupBy(s => s.KeyReference).Where(key => key.MaxBy(s => s.Attempt)!.State != StepState.Proven).Select(key => key.Key).ToList();
        var current = await registry.Credentials.Where(c => c.SmartcardId == smartcardId && c.Status == CredentialStatus.Current).ToListAsync(cancellation);
        return current.OrderBy(c => c.KeyReference != (byte)KeyReference.Authentication).FirstOrDefault(c => !inFlight.Contains(c.KeyReference));
    }
}
