using Evercard.Cards.Piv;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Keys;

/// <summary>One slot during a visit: the journal's last word and what was seen on the card.</summary>
internal sealed class SlotState(KeyReference key)
{
    public KeyReference Key { get; } = key;

    /// <summary>Recorded credentials of other operations: the one in force first, then the newest.</summary>
    public IReadOnlyList<Credential> Earlier { get; init; } = [];

    /// <summary>The credential that the operation replaces; null where the card had none.</summary>
    public Credential? Replaces => Earlier.Count > 0 ? Earlier[0] : null;

    /// <summary>The latest attempt, whatever became of it.</summary>
    public OperationStep? Step { get; set; }

    public ObservedKey Observed { get; set; }

    public ObservedCertificate Certificate { get; set; }

    public int KeysThisVisit { get; set; }

    public int WritesThisVisit { get; set; }

    public SlotJournal Journal => Step?.State switch
    {
        null => SlotJournal.Idle,
        StepState.Intended => SlotJournal.Intended,
        StepState.Staged => SlotJournal.Staged,
        StepState.Prepared => SlotJournal.Prepared,
        StepState.Issued => SlotJournal.Issued,
        StepState.Proven => SlotJournal.Proven,
        _ => SlotJournal.Voided,
    };

    public SlotSituation Situation => new(Key, Journal, Observed, Certificate, KeysThisVisit, WritesThisVisit);

    /// <summary>The staged key, unless its attempt was voided.</summary>
    public byte[]? StagedKey => Step is { State: not StepState.Voided } ? Step.PublicKey : null;

    /// <summary>The certificate made for the staged key, unless its attempt was voided.</summary>
    public byte[]? NewCertificate => Step is { State: not StepState.Voided } ? Step.Certificate : null;

    /// <summary>Every algorithm that the key on the card may have, the likeliest first.</summary>
    public IReadOnlyList<PivAlgorithm> CandidateAlgorithms()
    {
        var candidates = new List<PivAlgorithm>();
        if (StagedKey is not null)
        {
            candidates.Add((PivAlgorithm)Step!.Algorithm);
        }

        return [.. candidates.Concat(Earlier.Select(c => (PivAlgorithm)c.Algorithm)).Distinct()];
    }
}
