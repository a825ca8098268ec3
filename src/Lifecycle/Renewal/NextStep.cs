using Evercard.Cards.Piv;

namespace Evercard.Lifecycle.Renewal;

/// <summary>What a key on the card turned out to be, judged by its signature against the recorded keys.</summary>
public enum ObservedKey
{
    /// <summary>The card was pulled, gave no answer, or was not asked: allows no step.</summary>
    Unknown,

    /// <summary>The key that the operation is to replace.</summary>
    Old,

    /// <summary>The key that is staged in the journal.</summary>
    New,

    /// <summary>Shown twice, across a reset, with a verified passcode: no recorded key is there.</summary>
    None,
}

/// <summary>What the certificate object on the card turned out to be, byte for byte.</summary>
public enum ObservedCertificate
{
    Other,
    Old,
    New,
}

/// <summary>How far the journal says one slot has come; Voided counts as Idle with the next attempt.</summary>
public enum SlotJournal
{
    Idle,
    Intended,
    Staged,
    Prepared,
    Issued,
    Proven,
    Voided,
}

/// <summary>One slot: what the journal says and what was seen on the card.</summary>
/// <param name="Key">9C or 9A.</param>
/// <param name="Journal">The journal's last word.</param>
/// <param name="Observed">The key on the card.</param>
/// <param name="Certificate">The certificate object on the card.</param>
/// <param name="KeysThisVisit">Keys generated since the card was last seen anew.</param>
/// <param name="WritesThisVisit">Certificates written since then.</param>
public sealed record SlotSituation(
    KeyReference Key,
    SlotJournal Journal,
    ObservedKey Observed,
    ObservedCertificate Certificate,
    int KeysThisVisit = 0,
    int WritesThisVisit = 0)
{
    /// <summary>The server knows this key, and the card has just signed with it.</summary>
    public bool Proves => Observed is ObservedKey.Old or ObservedKey.New;

    public bool InFlight => Journal is SlotJournal.Intended or SlotJournal.Staged or SlotJournal.Prepared or SlotJournal.Issued;
}

/// <summary>All that the next step depends on.</summary>
/// <param name="Signature">9C, renewed first.</param>
/// <param name="Authentication">9A.</param>
/// <param name="AgentQuarantined">The agent at work handed in something false: it gets no more keys.</param>
/// <param name="IsRepair">9B and an operator stand for the card: no old key has to prove itself, and both may be gone.</param>
public sealed record Situation(SlotSituation Signature, SlotSituation Authentication, bool AgentQuarantined = false, bool IsRepair = false);

/// <summary>
/// What a renewal does next: a pure function of what was seen on the card and what the journal says, so that it can be
/// asked again after every cut. The table is in docs/renewal.md.
/// </summary>
public abstract record NextStep
{
    /// <summary>At most this many keys, and as many writes, for each slot and visit.</summary>
    public const int MostPerVisit = 2;

    /// <summary>Preflight, record the intent, GENERATE.</summary>
    /// <param name="Key">The slot.</param>
    /// <param name="NewAttempt">Attempt n+1; otherwise the recorded intent stands.</param>
    /// <param name="Alarm">A recorded key is gone: somebody has to know.</param>
    public sealed record Generate(KeyReference Key, bool NewAttempt, bool Alarm = false) : NextStep;

    /// <summary>Give up the attempt, sound the alarm, ask again.</summary>
    /// <param name="Key">The slot.</param>
    /// <param name="Revoke">A certificate was issued for it.</param>
    /// <param name="Quarantine">The card still has the old key: the agent that staged the new one lied.</param>
    public sealed record Void(KeyReference Key, bool Revoke, bool Quarantine) : NextStep;

    /// <summary>Prepare, then issue the certificate for the staged key.</summary>
    public sealed record Issue(KeyReference Key) : NextStep;

    /// <summary>PUT DATA, reset, read back, prove.</summary>
    public sealed record Write(KeyReference Key) : NextStep;

    /// <summary>The certificate is there: reset, read back, prove.</summary>
    public sealed record Prove(KeyReference Key) : NextStep;

    /// <summary>Both slots are proven.</summary>
    public sealed record Close : NextStep;

    /// <summary>Nothing more can be done in this visit; the card is safe.</summary>
    public sealed record Wait(WaitReason Reason) : NextStep;

    /// <summary>No slot proves: an ID Checker has to repair the card.</summary>
    public sealed record Repair : NextStep;

    public static NextStep For(Situation situation)
    {
        var (signature, authentication) = (situation.Signature, situation.Authentication);
        if (signature.Observed == ObservedKey.Unknown || authentication.Observed == ObservedKey.Unknown)
        {
            return new Wait(WaitReason.CardUnknown);
        }

        if (!signature.Proves && !authentication.Proves && !situation.IsRepair)
        {
            return new Repair();
        }

        // The slot in flight is finished before the other is begun; a slot whose key is gone comes before a sound one.
        var (slot, other) = authentication.InFlight && !signature.InFlight ? (authentication, signature) : (signature, authentication);
        if (!slot.InFlight && Done(slot) && !Done(other))
        {
            (slot, other) = (other, slot);
        }

        var next = ForSlot(slot);
        if (next is Generate && !other.Proves && !situation.IsRepair)
        {
            // Overwriting the only key that proves would leave a dead card: heal the other slot first.
            (slot, next) = (other, ForSlot(other));
        }

        return Limited(next, slot, situation.AgentQuarantined);
    }

    /// <summary>New key, new certificate, proven.</summary>
    internal static bool Done(SlotSituation slot) =>
        slot is { Journal: SlotJournal.Proven, Observed: ObservedKey.New, Certificate: ObservedCertificate.New };

    /// <summary>The table of DESIGN 5, cell by cell.</summary>
    private static NextStep ForSlot(SlotSituation slot) => (slot.Journal, slot.Observed) switch
    {
        (SlotJournal.Idle or SlotJournal.Voided, ObservedKey.Old) => new Generate(slot.Key, NewAttempt: true),
        (SlotJournal.Idle or SlotJournal.Voided, ObservedKey.None) => new Generate(slot.Key, NewAttempt: true, Alarm: slot.Journal == SlotJournal.Idle),
        (SlotJournal.Intended, ObservedKey.Old) => new Generate(slot.Key, NewAttempt: false),
        (SlotJournal.Intended, ObservedKey.None) => new Generate(slot.Key, NewAttempt: true),
        (SlotJournal.Staged or SlotJournal.Prepared, ObservedKey.Old) => new Void(slot.Key, Revoke: false, Quarantine: true),
        (SlotJournal.Staged or SlotJournal.Prepared, ObservedKey.New) => new Issue(slot.Key),
        (SlotJournal.Staged or SlotJournal.Prepared, ObservedKey.None) => new Void(slot.Key, Revoke: false, Quarantine: false),
        (SlotJournal.Issued or SlotJournal.Proven, ObservedKey.Old) => new Void(slot.Key, Revoke: true, Quarantine: true),
        (SlotJournal.Issued or SlotJournal.Proven, ObservedKey.None) => new Void(slot.Key, Revoke: true, Quarantine: false),
        (SlotJournal.Issued, ObservedKey.New) when slot.Certificate == ObservedCertificate.New => new Prove(slot.Key),
        (SlotJournal.Issued or SlotJournal.Proven, ObservedKey.New) when slot.Certificate != ObservedCertificate.New => new Write(slot.Key),
        (SlotJournal.Proven, ObservedKey.New) => new Close(),

        // New means "staged in the journal": with nothing staged it cannot be seen, and is not trusted if it is.
        _ => new Wait(WaitReason.CardUnknown),
    };

    private static NextStep Limited(NextStep next, SlotSituation slot, bool agentQuarantined) => next switch
    {
        Generate when agentQuarantined => new Wait(WaitReason.AgentQuarantined),
        Generate when slot.KeysThisVisit >= MostPerVisit => new Wait(WaitReason.CardFaulty),
        Write when slot.WritesThisVisit >= MostPerVisit => new Wait(WaitReason.CardFaulty),
        _ => next,
    };
}

/// <summary>Why a visit ends before the renewal does.</summary>
public enum WaitReason
{
    /// <summary>A key could not be told old, new or gone.</summary>
    CardUnknown,

    /// <summary>The card failed twice at the same thing.</summary>
    CardFaulty,

    /// <summary>This computer's agent handed in something false; another computer can finish.</summary>
    AgentQuarantined,
}
