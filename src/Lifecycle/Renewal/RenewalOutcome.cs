namespace Evercard.Lifecycle.Renewal;

/// <summary>How a visit to a card ended.</summary>
public abstract record RenewalOutcome
{
    /// <summary>Time spent inside the card in this visit.</summary>
    public required TimeSpan CardTime { get; init; }

    /// <param name="OldNotAfter">Expiry of the certificates that were replaced.</param>
    /// <param name="NewNotAfter">One expiry for both new ones.</param>
    /// <param name="Superseded">Serial numbers of the certificates that were retired.</param>
    /// <param name="Issued">Serial numbers of the new ones, 9C and 9A.</param>
    public sealed record Completed(
        DateTimeOffset OldNotAfter, DateTimeOffset NewNotAfter, IReadOnlyList<string> Superseded, IReadOnlyList<string> Issued) : RenewalOutcome;

    /// <summary>It ended here; where a key was touched, the operation waits to be finished.</summary>
    public sealed record Refused(Refusal Refusal) : RenewalOutcome;
}

/// <summary>Where a renewal has come to, in the numbers of docs/renewal.md.</summary>
public sealed record RenewalProgress(int Step, string Text);
