using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Lifecycle.Keys;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Renewal;

/// <summary>
/// Renewals that nobody will finish: untouched ones after half an hour, and those whose certificates have expired past their last
/// day to finish. They are ended, and a certificate that never reached its card is revoked: no orphans. So is a repair that touched no key: it
/// must not stand in its cardholder's way. One that did is always finished by an ID Checker. An unlock touches none.
/// </summary>
public sealed class AbandonedRenewals(Database database, CertificateAuthority authority, LifecycleOptions options, TimeProvider time)
{
    /// <returns>How many were ended.</returns>
    public async Task<int> End(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var untouchedSince = now - options.AbandonUntouchedAfter;
        var candidates = await database.Read(
            records => records.Registry.Operations
                .Where(o => o.Act != Act.Issuance && (o.State == OperationState.Open || o.State == OperationState.Waiting) && o.TouchedAt < untouchedSince)
                .OrderBy(o => o.OpenedAt)
                .Select(o => o.Id)
                .ToListAsync(cancellation),
            cancellation);
        var ended = 0;
        foreach (var id in candidates)
        {
            if (await database.Read(records => WhyAbandoned(records, id, now, cancellation), cancellation) is not null)
            {
                ended += await database.Write(records => End(records, id, now, cancellation), cancellation);
            }
        }

        return ended;
    }

    private async Task<int> End(Records records, Guid id, DateTimeOffset now, CancellationToken cancellation)
    {
        // Asked again inside the transaction: its cardholder may have come this very moment.
        var why = await WhyAbandoned(records, id, now, cancellation);
        var operation = await records.Registry.Operations.SingleAsync(o => o.Id == id, cancellation);
        if (why is null)
        {
            await records.Registry.Save(ActJournal.What($"{operation.Act}Kept", operation), cancellation);
            return 0;
        }

        await new ActEnding(why, RevocationReason.CessationOfOperation).End(records, authority, operation, now, cancellation);
        return 1;
    }

    /// <returns>Null where it may still be finished.</returns>
    private async Task<string?> WhyAbandoned(Records records, Guid id, DateTimeOffset now, CancellationToken cancellation)
    {
        var registry = records.Registry;
        var operation = await registry.Operations.AsNoTracking().SingleAsync(o => o.Id == id, cancellation);
        if (operation.State is not (OperationState.Open or OperationState.Waiting))
        {
            return null;
        }

        if (!await registry.IsBegun(id, cancellation))
        {
            return operation.TouchedAt + options.AbandonUntouchedAfter < now ? operation.Act == Act.Unlock ? "it was not finished in time" : "no key was touched in time" : null;
        }

        if (operation.Act == Act.Repair)
        {
            return null;
        }

        var notAfter = await registry.Credentials
            .Where(c => c.SmartcardId == operation.SmartcardId && c.Status == CredentialStatus.Current)
            .MinAsync(c => (DateTimeOffset?)c.NotAfter, cancellation);
        return operation.FinishBy < now && (notAfter is null || notAfter < now) ? "it was not finished before its last day" : null;
    }
}
