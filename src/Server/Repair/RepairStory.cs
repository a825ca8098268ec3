using Evercard.Cards.Piv;
using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Evercard.Server.Browsers;
using Evercard.Server.SelfRenewal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Repair;

/// <summary>A repair as its pages show it to the operator who confirms it, and to nobody else.</summary>
/// <param name="Operation">The repair.</param>
/// <param name="Card">The card.</param>
/// <param name="Holder">The cardholder.</param>
/// <param name="Organisation">The cardholder's home organisation: its desks.</param>
/// <param name="Steps">What people see of its journal.</param>
internal sealed record RepairStory(Operation Operation, Smartcard Card, Person Holder, Organisation Organisation, StepList Steps)
{
    /// <summary>By the operator's card, and not too long ago for another try.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>The cardholder has set a passcode since it was confirmed: it is, or was, worked on.</summary>
    public bool HasBegun => Operation.ConfirmedAt is { } confirmed && Operation.VisitBeganAt >= confirmed;

    /// <summary>Two stories with one version look alike.</summary>
    public string Version => string.Join('-', Steps.Steps.Select(s => (int)s.State).Append(Operation.Epoch)) + Operation.State + Operation.StoppedCode;

    public string Reference => Operation.Reference;

    /// <returns>The newest repair of this card by this log-in; null where there is none: another operator's is not shown.</returns>
    public static Task<RepairStory?> Of(
        Database database, Guid smartcardId, string sessionId, LifecycleOptions options, DateTimeOffset now, CancellationToken cancellation) =>
        database.Read<RepairStory?>(
            async records =>
            {
                var registry = records.Registry;
                var operation = await registry.Operations
                    .Where(o => o.SmartcardId == smartcardId && o.Act == Act.Repair && o.OperatorSessionId == sessionId)
                    .OrderByDescending(o => o.OpenedAt).FirstOrDefaultAsync(cancellation);
                if (operation is null)
                {
                    return null;
                }

                var card = await registry.Smartcards.SingleAsync(c => c.Id == smartcardId, cancellation);
                var holder = await registry.People.SingleAsync(p => p.Uuid == operation.PersonUuid, cancellation);
                var organisation = await registry.Organisations.SingleAsync(o => o.Code == holder.OrganisationCode, cancellation);
                var steps = await registry.OperationSteps.Where(s => s.OperationId == operation.Id).ToListAsync(cancellation);
                var isRsa = steps.Any(s => (PivAlgorithm)s.Algorithm == PivAlgorithm.Rsa2048);
                var estimate = operation.State == OperationState.Open ? RenewalEstimate.Words(operation, steps, [], isRsa, now) : null;
                return new RepairStory(operation, card, holder, organisation, RenewalProgressView.Of(operation, steps, estimate))
                {
                    IsConfirmed = operation.ConfirmedAt + options.ConfirmationGoodFor > now,
                };
            },
            cancellation);
}
