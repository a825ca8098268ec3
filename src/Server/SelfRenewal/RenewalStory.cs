using Evercard.Cards.Piv;
using Evercard.Lifecycle;
using Evercard.Look;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.SelfRenewal;

/// <summary>A renewal as its pages show it.</summary>
/// <param name="Operation">The newest renewal of the card.</param>
/// <param name="Steps">What people see of its journal.</param>
internal sealed record RenewalStory(Operation Operation, StepList Steps)
{
    private const int OthersAsked = 20;

    /// <summary>Two stories with one version look alike.</summary>
    public string Version => string.Join('-', Steps.Steps.Select(s => (int)s.State).Append(Operation.Epoch)) + Operation.State + Operation.StoppedCode;

    /// <returns>Since when the card's newest renewal goes on, this time; null where none goes on.</returns>
    public static Task<DateTimeOffset?> UnderWaySince(Database database, Guid smartcardId, CancellationToken cancellation) =>
        database.Read(
            async records => await OfCard(records, smartcardId).Select(o => new { o.State, o.VisitBeganAt }).FirstOrDefaultAsync(cancellation)
                is { State: OperationState.Open, VisitBeganAt: var began } ? began : null,
            cancellation);

    /// <param name="database">Of this service.</param>
    /// <param name="smartcardId">Whose renewal.</param>
    /// <param name="options">Algorithm of new keys.</param>
    /// <param name="now">For the time that is left.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="linkOf">The computer that looks at it, and since when it has its link; null: it has none, or does not matter.</param>
    /// <returns>Null where the card was never renewed.</returns>
    public static Task<RenewalStory?> Newest(
        Database database, Guid smartcardId, LifecycleOptions options, DateTimeOffset now, CancellationToken cancellation, (string AgentId, DateTimeOffset Since)? linkOf = null) =>
        database.Read<RenewalStory?>(
            async records =>
            {
                var registry = records.Registry;
                var operation = await OfCard(records, smartcardId).FirstOrDefaultAsync(cancellation);
                if (operation is null)
                {
                    return null;
                }

                if (linkOf is { } link && operation.State == OperationState.Open && operation.AgentId == link.AgentId && operation.VisitBeganAt < link.Since)
                {
                    ShowAsStopped(operation);
                }

                var steps = await registry.OperationSteps.Where(s => s.OperationId == operation.Id).ToListAsync(cancellation);
                var isRsa = (steps.Count > 0 ? (PivAlgorithm)steps[0].Algorithm : options.KeyAlgorithm) == PivAlgorithm.Rsa2048;
                string? estimate = null;
                if (operation.State == OperationState.Open)
                {
                    var driver = await registry.Smartcards.Where(c => c.Id == smartcardId).Select(c => c.Driver).SingleAsync(cancellation);
                    var algorithm = (byte)(steps.Count > 0 ? (PivAlgorithm)steps[0].Algorithm : options.KeyAlgorithm);
                    var times = await registry.Operations
                        .Where(o => o.Act == Act.Renewal && o.State == OperationState.Completed
                            && registry.Smartcards.Any(c => c.Id == o.SmartcardId && c.Driver == driver)
                            && registry.OperationSteps.Any(s => s.OperationId == o.Id && s.Algorithm == algorithm))
                        .OrderByDescending(o => o.OpenedAt).Take(OthersAsked)
                        .Select(o => new { o.VisitBeganAt, o.ClosedAt })
                        .ToListAsync(cancellation);
                    estimate = RenewalEstimate.Words(
                        operation, steps, [.. times.Where(t => t.VisitBeganAt is not null && t.ClosedAt is not null).Select(t => t.ClosedAt!.Value - t.VisitBeganAt!.Value)], isRsa, now);
                }

                return new RenewalStory(operation, RenewalProgressView.Of(operation, steps, estimate));
            },
            cancellation);

    /// <summary>
    /// A visit lives on one link. One that began before the link which its computer has now died with its server, which had no time to write that down:
    /// nobody is working on it. This is said of it to people; the journal learns it when the renewal is gone on with.
    /// </summary>
    private static void ShowAsStopped(Operation operation)
    {
        operation.State = OperationState.Waiting;
        (operation.StoppedCode, operation.StoppedDetail, operation.StoppedNextStep) =
            ("SERVICE-FAILED", "The service was interrupted. Your card is safe.", "Enter your passcode and go on. You can also finish later, on any computer.");
    }

    /// <summary>Newest first.</summary>
    private static IQueryable<Operation> OfCard(Records records, Guid smartcardId) =>
        records.Registry.Operations.Where(o => o.SmartcardId == smartcardId && o.Act == Act.Renewal).OrderByDescending(o => o.OpenedAt);
}
