using Evercard.Lifecycle.Greeting;
using Evercard.Registry;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Keys;

/// <summary>Why a visit has no operation any more: the card was cancelled, a repair of it was begun, or the act goes on at another computer.</summary>
internal static class LostOperation
{
    public static Task<Refusal> Why(Database database, Operation operation, string actInWords, LifecycleOptions options) =>
        database.Read(records => Why(records.Registry, operation, actInWords, options), CancellationToken.None);

    private static async Task<Refusal> Why(RegistryContext registry, Operation operation, string actInWords, LifecycleOptions options)
    {
        var card = await registry.Smartcards.SingleAsync(c => c.Id == operation.SmartcardId, CancellationToken.None);
        if (card.Status == SmartcardStatus.Cancelled)
        {
            return Refusals.CardCancelled(card, await NewerCard.Of(registry, card, CancellationToken.None), options.TimeZone);
        }

        return await registry.Unfinished(card.Id, CancellationToken.None) is { Act: Act.Repair } repair && repair.Id != operation.Id
            ? Refusals.RepairUnfinished(repair.TouchedAt, options.TimeZone, repair.Reference)
            : Refusals.TakenOver(operation.Reference, actInWords);
    }
}
