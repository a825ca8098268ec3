using Evercard.Cards.Piv;
using Evercard.Registry.Journal;

namespace Evercard.Server.SelfRenewal;

/// <summary>
/// How long a renewal still takes: from what this card has just taken for its first certificate, otherwise from what cards of its kind took
/// lately, otherwise from what is known of the algorithm. It never counts down to nothing: where it is late, it says so.
/// </summary>
internal static class RenewalEstimate
{
    /// <summary>Both certificates, where nothing else is known (FACTS, time on a card).</summary>
    private static readonly TimeSpan UsualEllipticCurve = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan UsualRsa = TimeSpan.FromSeconds(30);
    private const int RoundedTo = 5;

    /// <param name="operation">Under way.</param>
    /// <param name="steps">Its journal.</param>
    /// <param name="others">How long other renewals of cards of this kind took.</param>
    /// <param name="isRsa">Algorithm of the new keys.</param>
    /// <param name="now">The server's clock.</param>
    public static string Words(Operation operation, IReadOnlyList<OperationStep> steps, IReadOnlyList<TimeSpan> others, bool isRsa, DateTimeOffset now)
    {
        var elapsed = now - (operation.VisitBeganAt ?? operation.OpenedAt);
        var left = Whole(steps, others, isRsa, operation.VisitBeganAt ?? operation.OpenedAt) - elapsed;
        if (left < TimeSpan.Zero)
        {
            return "It takes longer than usual. Keep the smartcard in the reader.";
        }

        var seconds = Math.Max(RoundedTo, (int)Math.Ceiling(left.TotalSeconds / RoundedTo) * RoundedTo);
        return $"about {Browsers.Words.Duration(TimeSpan.FromSeconds(seconds))} left";
    }

    private static TimeSpan Whole(IReadOnlyList<OperationStep> steps, IReadOnlyList<TimeSpan> others, bool isRsa, DateTimeOffset began)
    {
        // The first certificate was made in this visit: the second takes about as long.
        if (RenewalProgressView.Newest(steps, KeyReference.Signature) is { State: StepState.Proven } first && first.CreatedAt >= began)
        {
            return (first.ChangedAt - began) + (first.ChangedAt - first.CreatedAt);
        }

        return others.Count > 0 ? others.Order().ElementAt(others.Count / 2) : isRsa ? UsualRsa : UsualEllipticCurve;
    }
}
