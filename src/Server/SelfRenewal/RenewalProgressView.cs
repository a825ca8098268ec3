using Evercard.Cards.Piv;
using Evercard.Look;
using Evercard.Registry.Journal;
using Evercard.Server.Browsers;

namespace Evercard.Server.SelfRenewal;

/// <summary>What the journal says of a renewal, as people follow it: a pure function.</summary>
internal static class RenewalProgressView
{
    /// <param name="operation">The renewal.</param>
    /// <param name="steps">Its journal.</param>
    /// <param name="estimate">What is left of it; null where nothing is known.</param>
    public static StepList Of(Operation operation, IReadOnlyList<OperationStep> steps, string? estimate)
    {
        var (signature, login) = (Newest(steps, KeyReference.Signature), Newest(steps, KeyReference.Authentication));
        bool[] done = [signature is not null || login is not null, IsProven(signature), IsProven(login), operation.State == OperationState.Completed];
        string[] words = ["Checking", "Signature certificate", "Log-in certificate", "Proving it works"];
        var at = Array.IndexOf(done, false);
        var isUnderWay = operation.State == OperationState.Open;
        return new StepList([.. words.Select((text, i) => new ListedStep(
            text, done[i] ? Look.StepState.Done : i != at ? Look.StepState.Waiting : isUnderWay ? Look.StepState.Now : Look.StepState.Failed))])
        {
            Since = isUnderWay ? operation.VisitBeganAt ?? operation.OpenedAt : null,
            Elapsed = Words.Duration((operation.ClosedAt ?? operation.TouchedAt) - (operation.VisitBeganAt ?? operation.OpenedAt)),
            Estimate = isUnderWay ? estimate : null,
        };
    }

    internal static OperationStep? Newest(IEnumerable<OperationStep> steps, KeyReference key) => steps.Where(s => s.KeyReference == (byte)key).MaxBy(s => s.Attempt);

    private static bool IsProven(OperationStep? step) => step?.State == Registry.Journal.StepState.Proven;
}
