using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Keys;

/// <summary>An operation that nobody will finish is given up: its steps are voided, and a certificate that never reached the card is revoked.</summary>
/// <param name="Because">Why, as the event says it.</param>
/// <param name="Reason">For the certificates.</param>
internal sealed record ActEnding(string Because, RevocationReason Reason)
{
    /// <summary>The certificate of an attempt that ends with its act. What was proven on the card stays, and so does what counts on it, whatever the journal says.</summary>
    /// <param name="step">One attempt of the act.</param>
    /// <param name="current">Serial numbers of certificates that count.</param>
    /// <returns>Null where nothing is to be revoked.</returns>
    public static string? OrphanOf(OperationStep step, IReadOnlyCollection<string> current) =>
        step is { State: not (StepState.Voided or StepState.Proven), CertificateSerialNumber: { } serial } && !current.Contains(serial) ? serial : null;

    /// <summary>Inside the transaction of whatever ends it. A visit that is under way writes nothing more.</summary>
    /// <returns>Serial numbers of the certificates that were revoked.</returns>
    public async Task<IReadOnlyList<string>> End(
        Records records, Operation operation, DateTimeOffset now, CancellationToken cancellation)
    {
        var orphans = new List<string>();
        var steps = await records.Registry.OperationSteps.Where(s => s.OperationId == operation.Id).ToListAsync(cancellation);
        var current = await records.Registry.Credentials.Where(c => c.SmartcardId == operation.SmartcardId && c.Status == CredentialStatus.Current)
            .Select(c => c.CertificateSerialNumber).ToListAsync(cancellation);
        foreach (var step in steps.Where(s => s.State is not (StepState.Voided or StepState.Proven)))
        {
            if (OrphanOf(step, current) is { } serial)
            {
                await CertificateAuthority.Revoke(records.Authority, serial, Reason, now, cancellation);
                orphans.Add(serial);
            }

            (step.State, step.ChangedAt) = (StepState.Voided, now);
        }

        (operation.State, operation.ClosedAt, operation.ClosedBecause) = (OperationState.Aborted, now, Because);
        await records.Registry.Save(
            ActJournal.What($"{operation.Act}Aborted", operation, ("because", Because), ("revoked", orphans.Count == 0 ? "none" : string.Join(' ', orphans))), cancellation);
        return orphans;
    }
}
