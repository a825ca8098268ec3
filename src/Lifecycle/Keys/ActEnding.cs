using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Keys;

/// <summary>An operation that nobody will finish is given up: its steps are voided, and a certificate that never reached the card is revoked.</summary>
/// <param name="Because">Why, as the event says it.</param>
/// <param name="Reason">For the certificates.</param>
internal sealed record ActEnding(string Because, RevocationReason Reason)
{
    /// <summary>What was proven on the card stays, whatever becomes of the rest.</summary>
    public static bool IsGivenUp(StepState state) => state is not (StepState.Voided or StepState.Proven);

    /// <summary>Inside the transaction of whatever ends it. A visit that is under way writes nothing more.</summary>
    /// <returns>Serial numbers of the certificates that were revoked.</returns>
    public async Task<IReadOnlyList<string>> End(
        Records records, Operation operation, DateTimeOffset now, CancellationToken cancellation)
    {
        var orphans = new List<string>();
        var steps = await records.Registry.OperationSteps.Where(s => s.OperationId == operation.Id).ToListAsync(cancellation);
        foreach (var step in steps.Where(s => IsGivenUp(s.State)))
        {
            if (step.CertificateSerialNumber is { } serial)
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
