using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>A certificate of the authority with what decides about it.</summary>
/// <param name="Serial">Its serial number.</param>
/// <param name="Facts">For the rule.</param>
/// <param name="Operation">That ordered it; null where none on the books did.</param>
internal sealed record ReadCertificate(string Serial, CertificateFacts Facts, Operation? Operation);

/// <summary>Reads certificates for their rule. What counts on a card, which is nearly all of them, is left out at once.</summary>
internal static class CertificateReader
{
    /// <summary>An order begins with the operation that gave it: 32 hexadecimal digits.</summary>
    private const int IdDigits = 32;

    /// <summary>After every serial number: those are upper-case hexadecimal.</summary>
    private const string End = "G";

    /// <summary>
    /// Of the next certificates, in the order of their serial numbers, those that are good and count on no card: the database leaves out what counts, which is nearly
    /// all. A walk through the whole table, a short read at a time.
    /// </summary>
    /// <param name="records">In one snapshot.</param>
    /// <param name="after">Where the walk has come to; empty at its begin.</param>
    /// <param name="most">How many are looked at.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Their serial numbers, and where to go on; null at the end.</returns>
    public static async Task<(List<string> Serials, string? Next)> Next(Records records, string after, int most, CancellationToken cancellation)
    {
        var next = await records.Authority.Certificates.Where(c => c.SerialNumber.CompareTo(after) > 0)
            .OrderBy(c => c.SerialNumber).Select(c => c.SerialNumber).Skip(most - 1).FirstOrDefaultAsync(cancellation);
        var upTo = next ?? End;
        var serials = await records.Registry.Database.SqlQuery<string>(
            $"""
            SELECT c."SerialNumber" AS "Value" FROM "authority_certificates" AS c
            WHERE c."SerialNumber" > {after} AND c."SerialNumber" <= {upTo} AND c."RevokedAt" IS NULL
            AND NOT EXISTS (SELECT 1 FROM "credentials" AS k WHERE k."CertificateSerialNumber" = c."SerialNumber" AND k."Status" = 'Current')
            """).ToListAsync(cancellation);
        return (serials, next);
    }

    public static async Task<IReadOnlyList<ReadCertificate>> Of(Records records, IReadOnlyCollection<string> serials, CancellationToken cancellation)
    {
        var registry = records.Registry;
        var credentials = await registry.Credentials.Where(c => serials.Contains(c.CertificateSerialNumber))
            .Select(c => new { c.CertificateSerialNumber, c.Status }).ToDictionaryAsync(c => c.CertificateSerialNumber, c => (CredentialStatus?)c.Status, cancellation);
        var left = serials.Where(serial => credentials.GetValueOrDefault(serial) != CredentialStatus.Current).ToList();
        var certificates = await records.Authority.Certificates.Where(c => left.Contains(c.SerialNumber))
            .Select(c => new { c.SerialNumber, c.OrderId, c.RevokedAt, c.NotAfter, c.PreparedAt }).ToListAsync(cancellation);
        var ids = certificates.Select(c => OperationOf(c.OrderId)).OfType<Guid>().Distinct().ToList();
        var operations = await registry.Operations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancellation);
        var steps = (await registry.OperationSteps.Where(s => ids.Contains(s.OperationId) && s.CertificateSerialNumber != null)
            .Select(s => new { s.CertificateSerialNumber, s.State }).ToListAsync(cancellation)).ToLookup(s => s.CertificateSerialNumber, s => (StepState?)s.State);
        return
        [
            .. certificates.Select(c =>
            {
                var operation = OperationOf(c.OrderId) is { } id ? operations.GetValueOrDefault(id) : null;
                var facts = new CertificateFacts(
                    c.RevokedAt is not null, c.NotAfter, c.PreparedAt, operation is not null, credentials.GetValueOrDefault(c.SerialNumber),
                    steps[c.SerialNumber].FirstOrDefault(), operation?.State ?? OperationState.Aborted);
                return new ReadCertificate(c.SerialNumber, facts, operation);
            }),
        ];
    }

    private static Guid? OperationOf(string orderId) =>
        orderId.Length > IdDigits && Guid.TryParseExact(orderId[..IdDigits], "N", out var id) ? id : null;
}
