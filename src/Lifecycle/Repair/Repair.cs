using Evercard.Authority;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Repair;

/// <summary>
/// The repair of a smartcard at an ID Checker's desk: 9B proves the card, the operator has confirmed the act, the cardholder sets a
/// passcode, and both keys and certificates are made anew on the path of docs/renewal.md (steps 6 to 13).
/// </summary>
public sealed class Repair(Database database, CertificateAuthority authority, LifecycleOptions options, TimeProvider time, Renewal.Renewal renewal)
{
    /// <summary>One visit.</summary>
    /// <param name="opened">Operation and epoch: confirmed, and begun.</param>
    /// <param name="card">The cardholder's card, bound to that operation and epoch; the agent holds the passcode that was chosen.</param>
    /// <param name="progress">Told of each step as it begins.</param>
    /// <param name="cancellation">Ends the visit; any ID Checker can finish it.</param>
    public async Task<RenewalOutcome> Run(DeskOpened.At opened, ICard card, IProgress<RenewalProgress>? progress, CancellationToken cancellation)
    {
        using var visit = await RenewalVisit.Begin(
            database, authority, time, new RenewalOpened.At(opened.OperationId, opened.Epoch, opened.Reference, Resumed: false), card, cancellation);
        progress?.Report(new(6, "Setting the passcode"));
        var passcode = new NewPasscode(visit.Operation, visit.Smartcard, visit.Dialogue, visit.Journal, authority);
        var outcome = await renewal.Run(visit, passcode.Set, progress, cancellation);
        return outcome is RenewalOutcome.Refused refused && await IsStopped(opened.OperationId)
            ? refused with { Refusal = Refusals.RetryStop(opened.Reference) }
            : outcome;
    }

    private Task<bool> IsStopped(Guid operationId) => database.Read(
        records => records.Registry.Operations.AnyAsync(
            o => o.Id == operationId && o.State == OperationState.Waiting && o.Failures >= Operation.MostFailures && o.TouchedAt > time.GetUtcNow() - options.RepairStopsFor),
        CancellationToken.None);
}
