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

    /// <summary>The next serial numbers that are not revoked, in their own order: a walk through the whole table, a short read at a time.</summary>
    /// <param name="records">In one snapshot.</param>
    /// <param name="after">Where the walk has come to; empty at its begin.</param>
    /// <param name="most">How many.</param>
    /// <param name="cancellation">Ends it.</param>
    public static Task<List<string>> Next(Records records, string after, int most, CancellationToken cancellation) =>
        records.Authority.Certificates.Where(c => c.RevokedAt == null && c.SerialNumber.CompareTo(after) > 0)
            .OrderBy(c => c.SerialNumber).Select(c => c.SerialNumber).Take(most).ToListAsync(cancellation);

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
