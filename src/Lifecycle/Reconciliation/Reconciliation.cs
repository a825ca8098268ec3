using System.Runtime.CompilerServices;
using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Lifecycle.Keys;
using Evercard.Registry.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>What reconciliation did, or would do.</summary>
/// <param name="Deeds">Each a sentence that names the operation or the certificate.</param>
/// <param name="NotDone">What could not be done, and the kind of fault. The log says more; the next run tries again.</param>
public sealed record ReconciliationReport(IReadOnlyList<string> Deeds, IReadOnlyList<string> NotDone);

/// <summary>
/// Whatever was begun and never finished is found and ended: no operation stays open for ever, and no certificate is good that no card was seen to hold.
/// Any number of nodes may run it at once. Each item is one short transaction with its event, in which the rule is asked again; a failure stops no other.
/// </summary>
public sealed class Reconciliation(Database database, LifecycleOptions options, TimeProvider time, ILogger<Reconciliation> log)
{
    /// <summary>Rows that one read looks at. Nobody waits for a reader, but what it sees is kept for it.</summary>
    private const int Batch = 1_000;

    /// <summary>Does it.</summary>
    public Task<ReconciliationReport> Run(CancellationToken cancellation) => Walk(does: true, cancellation);

    /// <summary>Tells what <see cref="Run"/> would do, and changes nothing.</summary>
    public Task<ReconciliationReport> Look(CancellationToken cancellation) => Walk(does: false, cancellation);

    private async Task<ReconciliationReport> Walk(bool does, CancellationToken cancellation)
    {
        var (deeds, notDone) = (new List<string>(), new List<string>());
        await foreach (var (deed, reference) in Operations(cancellation))
        {
            await Take(deed, records => End(records, reference, cancellation));
        }

        // After them: most certificates that are left over end with their operation.
        await foreach (var (deed, serial) in Certificates(cancellation))
        {
            await Take(deed, records => Revoke(records, serial, cancellation));
        }

        return new ReconciliationReport(deeds, notDone);

        async Task Take(string deed, Func<Records, Task<bool>> work)
        {
            try
            {
                if (!does || await database.Write(work, cancellation))
                {
                    deeds.Add(deed);
                }
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another node, or the cardholder, was quicker.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                notDone.Add($"{deed} ({e.GetType().Name})");
                ReconciliationLog.NotDone(log, deed, e);
            }
        }
    }

    private async IAsyncEnumerable<(string Deed, string Reference)> Operations([EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var left = await database.Read(r => OperationReader.LeftBehind(r.Registry, now - options.AbandonUntouchedAfter, cancellation), cancellation);
        foreach (var ids in left.Chunk(Batch))
        {
            foreach (var one in await database.Read(r => OperationReader.Of(r.Registry, ids, cancellation), cancellation))
            {
                if (ReconciliationWords.Of(one, OperationRule.Of(one.Facts, now, options)) is { } deed)
                {
                    yield return (deed, one.Facts.Reference);
                }
            }
        }
    }

    private async IAsyncEnumerable<(string Deed, string Serial)> Certificates([EnumeratorCancellation] CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        for (var from = ""; from is not null;)
        {
            var after = from;
            (var read, from) = await database.Read(
                async r =>
                {
                    var (serials, next) = await CertificateReader.Next(r, after, Batch, cancellation);
                    return (await CertificateReader.Of(r, serials, cancellation), next);
                },
                cancellation);
            foreach (var one in read)
            {
                if (ReconciliationWords.Of(one, CertificateRule.Of(one.Facts, now, options)) is { } deed)
                {
                    yield return (deed, one.Serial);
                }
            }
        }
    }

    /// <returns>False where it was left alone after all: its cardholder may have come this very moment.</returns>
    private async Task<bool> End(Records records, string reference, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var operation = await records.Registry.Operations.SingleAsync(o => o.Reference == reference, cancellation);
        var read = (await OperationReader.Of(records.Registry, [operation.Id], cancellation))[0];
        var ending = OperationRule.Of(read.Facts, now, options) switch
        {
            Remedy.Abort abort => new ActEnding(abort.Because, RevocationReason.CessationOfOperation),
            Remedy.VoidAndRevoke revoke => new ActEnding(revoke.Because, revoke.Reason),
            _ => null,
        };
        if (ending is null)
        {
            await records.Registry.Save(ActJournal.What($"{operation.Act}Kept", operation), cancellation);
            return false;
        }

        await ending.End(records, operation, now, cancellation);
        return true;
    }

    /// <inheritdoc cref="End"/>
    private async Task<bool> Revoke(Records records, string serial, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var read = (await CertificateReader.Of(records, [serial], cancellation)).SingleOrDefault();
        var revoke = read is null ? null : CertificateRule.Of(read.Facts, now, options) as Remedy.VoidAndRevoke;
        if (revoke is not null)
        {
            await CertificateAuthority.Revoke(records.Authority, serial, revoke.Reason, now, cancellation);
        }

        await records.Registry.Save(
            new AuditEvent
            {
                Kind = revoke is null ? "OrphanKept" : "OrphanRevoked",
                OperationId = read?.Operation?.Id,
                SmartcardId = read?.Operation?.SmartcardId,
                PersonUuid = read?.Operation?.PersonUuid,
                Facts = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["serial"] = serial, ["because"] = revoke?.Because ?? "none", ["reason"] = revoke is null ? "none" : $"{revoke.Reason}",
                },
            },
            cancellation);
        return revoke is not null;
    }
}
