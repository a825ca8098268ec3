using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Keys;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Renewal;

/// <summary>What a look at the card gave.</summary>
internal abstract record Observation
{
    /// <summary>The slots now say what is on the card.</summary>
    public sealed record Seen : Observation;

    /// <summary>The passcode was not verified: nothing else was asked.</summary>
    public sealed record NoPasscode(PasscodeCheck Check) : Observation;

    /// <summary>Another card, or none that speaks PIV.</summary>
    public sealed record OtherCard(bool Readable) : Observation;

    /// <summary>Step 6: SELECT, CHUID, both certificates, and a tolerant proof of each key; 9B follows with the first write.</summary>
    public static async Task<Observation> Of(
        CardDialogue dialogue, Smartcard smartcard, IReadOnlyList<SlotState> slots, ProofPurpose purpose, CancellationToken cancellation)
    {
        var steps = new List<CardStep>
        {
            new CardStep.Raw(PivCommands.Select()),
            new CardStep.Raw(PivCommands.GetData(DataObject.Chuid), AnyStatus: true),
        };
        steps.AddRange(slots.Select(s => new CardStep.Raw(PivCommands.GetData(DataObject.CertificateOf(s.Key)), AnyStatus: true)));
        var reads = steps.Count;
        var proofs = AskAll(slots, purpose);
        steps.AddRange(proofs.Select(p => p.Step));

        var answers = await dialogue.Run("observe", steps, cancellation);
        if (answers.Count < reads)
        {
            return new OtherCard(Readable: false);
        }

        if (Contents(answers[1], DataObject.Chuid) is not { } chuid || !chuid.Span.SequenceEqual(smartcard.Chuid))
        {
            return new OtherCard(Readable: true);
        }

        if (PasscodeOf(answers, reads, proofs.Count) is { } refused)
        {
            return new NoPasscode(refused);
        }

        for (var i = 0; i < slots.Count; i++)
        {
            slots[i].Certificate = Compare(slots[i], Contents(answers[2 + i], DataObject.CertificateOf(slots[i].Key)));
            slots[i].Observed = Judge(slots[i], dialogue.Binding, proofs, answers, reads);
        }

        return await Confirm(dialogue, slots, purpose, cancellation);
    }

    /// <summary>"No recorded key" is believed only when it shows twice, across a reset.</summary>
    private static async Task<Observation> Confirm(
        CardDialogue dialogue, IReadOnlyList<SlotState> slots, ProofPurpose purpose, CancellationToken cancellation)
    {
        List<SlotState> doubtful = [.. slots.Where(s => s.Observed == ObservedKey.None && s.CandidateAlgorithms().Count > 0)];
        if (doubtful.Count == 0)
        {
            return new Seen();
        }

        var proofs = AskAll(doubtful, purpose);
        var answers = await dialogue.Run("observe again", [new CardStep.Reset(), .. proofs.Select(p => p.Step)], cancellation);
        if (answers.Count < 1 + proofs.Count && PasscodeOf(answers, 1, proofs.Count) is { } refused)
        {
            return new NoPasscode(refused);
        }

        foreach (var slot in doubtful)
        {
            var again = answers.Count == 1 + proofs.Count ? Judge(slot, dialogue.Binding, proofs, answers, 1) : ObservedKey.Unknown;
            slot.Observed = again;
        }

        return new Seen();
    }

    private static List<(SlotState Slot, CardStep.Prove Step)> AskAll(IReadOnlyList<SlotState> slots, ProofPurpose purpose) =>
    [
        .. slots.SelectMany(slot => slot.CandidateAlgorithms().Select(algorithm =>
            (slot, new CardStep.Prove(slot.Key, algorithm, RandomNumberGenerator.GetBytes(32), purpose, Tolerant: true)))),
    ];

    private static PasscodeCheck? PasscodeOf(IReadOnlyList<StepAnswer> answers, int first, int count) =>
        answers.Skip(first).Take(count).Select(PasscodeCheck.Of).FirstOrDefault(c => c is not PasscodeCheck.Verified)
        ?? (answers.Count < first + count ? new PasscodeCheck.Unclear() : null);

    private static ObservedKey Judge(
        SlotState slot, ActBinding binding, List<(SlotState Slot, CardStep.Prove Step)> proofs, IReadOnlyList<StepAnswer> answers, int first)
    {
        for (var i = 0; i < proofs.Count; i++)
        {
            if (proofs[i].Slot != slot || !answers[first + i].Status.IsSuccess)
            {
                continue;
            }

            var step = proofs[i].Step;
            var statement = new ProofStatement(binding, step.Purpose, step.Key, ProofStatement.NoKeyHash, step.Nonce);
            if (slot.StagedKey is { } staged && statement.IsSignedBy(staged, answers[first + i].Data))
            {
                return ObservedKey.New;
            }

            if (slot.Earlier.Any(old => statement.IsSignedBy(old.PublicKey, answers[first + i].Data)))
            {
                return ObservedKey.Old;
            }
        }

        return ObservedKey.None;
    }

    private static ObservedCertificate Compare(SlotState slot, ReadOnlyMemory<byte>? contents)
    {
        if (contents is not { } found || !CertificateObject.TryDecode(found, out var certificate))
        {
            return ObservedCertificate.Other;
        }

        // The new certificate counts only in the very bytes that we write.
        return slot.NewCertificate is { } made && found.Span.SequenceEqual(CertificateObject.Encode(made)) ? ObservedCertificate.New
            : slot.Earlier.Any(old => certificate.AsSpan().SequenceEqual(old.Certificate)) ? ObservedCertificate.Old
            : ObservedCertificate.Other;
    }

    private static ReadOnlyMemory<byte>? Contents(StepAnswer answer, DataObject which) =>
        DataObjectAnswer.TryRead(new ResponseApdu(answer.Data, answer.Status), which, out var contents) ? contents : null;
}
