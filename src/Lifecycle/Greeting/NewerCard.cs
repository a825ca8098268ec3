using Evercard.Registry;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Greeting;

/// <summary>Whoever puts a cancelled card in may have forgotten the one that took its place.</summary>
internal static class NewerCard
{
    /// <returns>Serial number of the card that its holder has in use (the newest of several); null where there is none, or this one is not cancelled.</returns>
    public static async Task<string?> Of(RegistryContext registry, Smartcard cancelled, CancellationToken cancellation) =>
        cancelled.Status != SmartcardStatus.Cancelled
            ? null
            : await registry.Smartcards
                .Where(c => c.PersonUuid == cancelled.PersonUuid && c.Status == SmartcardStatus.InUse)
                .OrderByDescending(c => registry.Credentials.Where(k => k.SmartcardId == c.Id).Max(k => (DateTimeOffset?)k.CreatedAt))
                .Select(c => c.SerialNumber)
                .FirstOrDefaultAsync(cancellation);
}
