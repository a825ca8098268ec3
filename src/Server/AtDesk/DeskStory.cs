using Evercard.Cards.Piv;
using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Evercard.Server.Browsers;
using Evercard.Server.SelfRenewal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.AtDesk;

/// <summary>An act on another person's card as its pages show it to the operator who does it, and to nobody else.</summary>
/// <param name="Operation">The act.</param>
/// <param name="Card">The card.</param>
/// <param name="Holder">The cardholder.</param>
/// <param name="Organisation">The cardholder's home organisation: its desks.</param>
/// <param name="Steps">What people see of its journal.</param>
internal sealed record DeskStory(Operation Operation, Smartcard Card, Person Holder, Organisation Organisation, StepList Steps)
{
    /// <summary>By the operator's card, and not too long ago for another try.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>When the card's certificates end, now or once it is done.</summary>
    public required DateTimeOffset WorksUntil { get; init; }

    /// <summary>The cardholder has typed a passcode since it was confirmed: it is, or was, worked on.</summary>
    public bool HasBegun => Operation.Act == Act.Renewal || (Operation.ConfirmedAt is { } confirmed && Operation.VisitBeganAt >= confirmed);

    /// <summary>Two stories with one version look alike.</summary>
    public string Version => string.Join('-', Steps.Steps.Select(s => (int)s.State).Append(Operation.Epoch)) + Operation.State + Operation.StoppedCode;

    public string Reference => Operation.Reference;

    public string FirstName => Holder.FullName.Split(' ')[0];

    /// <returns>The newest such act on this card by this log-in; null where there is none: another operator's is not shown.</returns>
    public static Task<DeskStory?> Of(
        Database database, Act act, Guid smartcardId, string sessionId, LifecycleOptions options, DateTimeOffset now, CancellationToken cancellation) =>
        database.Read<DeskStory?>(
            async records =>
            {
                var registry = records.Registry;
                var operation = await registry.Operations
                    .Where(o => o.SmartcardId == smartcardId && o.Act == act && o.OperatorSessionId == sessionId)
                    .OrderByDescending(o => o.OpenedAt).FirstOrDefaultAsync(cancellation);
                if (operation is null)
                {
                    return null;
                }

                var card = await registry.Smartcards.SingleAsync(c => c.Id == smartcardId, cancellation);
                var holder = await registry.People.SingleAsync(p => p.Uuid == operation.PersonUuid, cancellation);
                var organisation = await registry.Organisations.SingleAsync(o => o.Code == holder.OrganisationCode, cancellation);
                var present = await registry.Credentials.Where(c => c.SmartcardId == smartcardId && c.Status == CredentialStatus.Current)
                    .MinAsync(c => (DateTimeOffset?)c.NotAfter, cancellation);
                return new DeskStory(operation, card, holder, organisation, await StepsOf(registry, operation, now, cancellation))
                {
                    IsConfirmed = operation.ConfirmedAt + options.ConfirmationGoodFor > now,
                    WorksUntil = act == Act.Unlock ? present ?? operation.NotAfter : operation.NotAfter,
                };
            },
            cancellation);

    private static async Task<StepList> StepsOf(Registry.RegistryContext registry, Operation operation, DateTimeOffset now, CancellationToken cancellation)
    {
        if (operation.Act == Act.Unlock)
        {
            return UnlockSteps(operation);
        }

        var steps = await registry.OperationSteps.Where(s => s.OperationId == operation.Id).ToListAsync(cancellation);
        var isRsa = steps.Any(s => (PivAlgorithm)s.Algorithm == PivAlgorithm.Rsa2048);
        return RenewalProgressView.Of(operation, steps, operation.State == OperationState.Open ? RenewalEstimate.Words(operation, steps, [], isRsa, now) : null);
    }

    /// <summary>Two seconds at most: nobody needs an estimate.</summary>
    private static StepList UnlockSteps(Operation operation)
    {
        var state = operation.State switch
        {
            OperationState.Completed => Look.StepState.Done,
            OperationState.Open => Look.StepState.Now,
            _ => Look.StepState.Failed,
        };
        return new StepList([new ListedStep("Setting the passcode", state), new ListedStep("Trying it once", state == Look.StepState.Done ? state : Look.StepState.Waiting)])
        {
            Since = operation.State == OperationState.Open ? operation.VisitBeganAt : null,
            Elapsed = Words.Duration((operation.ClosedAt ?? operation.TouchedAt) - (operation.VisitBeganAt ?? operation.OpenedAt)),
        };
    }
}
