using Evercard.Authority.Issuing;

namespace Evercard.Lifecycle.Cancellation;

/// <summary>Why a smartcard is cancelled for ever.</summary>
public enum CancellationReason
{
    Lost,
    Stolen,
    Damaged,

    /// <summary>The cardholder no longer works here.</summary>
    Left,

    /// <summary>The cardholder has a newer card.</summary>
    Replaced,
}

/// <summary>What a reason is called, and what follows from it.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Label">As it is chosen.</param>
/// <param name="Because">As refusals tell it, after "because".</param>
/// <param name="Revocation">What relying services are told.</param>
/// <param name="Consequence">What that does to signatures, in words.</param>
public sealed record CancellationTerms(CancellationReason Reason, string Label, string Because, RevocationReason Revocation, string Consequence);

/// <summary>
/// The one table. Relying services void every past signature of a compromised key, and only later ones for the other reasons. A card that
/// was lost keeps its passcode: what its holder signed stays good. Whoever steals a card may have seen the passcode, and nobody knows
/// since when it was used.
/// </summary>
public static class CancellationReasons
{
    private const string PastStaysGood = "What was signed with it before stays good.";

    public static IReadOnlyList<CancellationTerms> All { get; } =
    [
        new(CancellationReason.Lost, "It was lost", "it was reported lost", RevocationReason.CessationOfOperation,
            $"Nobody can use it without its passcode. {PastStaysGood} If somebody else may know the passcode, choose “It was stolen”."),
        new(CancellationReason.Stolen, "It was stolen", "it was reported stolen", RevocationReason.KeyCompromise,
            "Somebody else may have signed with it. Everything that was ever signed with its present certificates is no longer accepted, prescriptions too: what is still needed must be signed again."),
        new(CancellationReason.Damaged, "It is damaged", "it is damaged", RevocationReason.CessationOfOperation,
            $"{PastStaysGood} The cardholder needs a new card. If only its certificates are damaged, go back and repair it."),
        new(CancellationReason.Left, "The cardholder left the organisation", "its holder left the organisation", RevocationReason.CessationOfOperation,
            $"{PastStaysGood} Close the profile as well: cancelling a card does not."),
        new(CancellationReason.Replaced, "It was replaced", "it was replaced", RevocationReason.Superseded,
            $"{PastStaysGood} The cardholder goes on with the newer card, which is not changed."),
    ];

    public static CancellationTerms Terms(this CancellationReason reason) => All.Single(one => one.Reason == reason);
}
