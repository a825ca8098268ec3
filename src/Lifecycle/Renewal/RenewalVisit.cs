using Evercard.Authority;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Keys;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Renewal;

/// <summary>One computer's work on one renewal, from putting the card in to its end.</summary>
internal sealed class RenewalVisit : IDisposable
{
    /// <summary>A card with a key older than these is for an ID Checker.</summary>
    private const int MostEarlier = 4;

    private Session? helper;

    private RenewalVisit(Operation operation, Smartcard smartcard, Person person, SlotState[] slots, CardDialogue dialogue, ActJournal journal, CertificateAuthority authority)
    {
        (Operation, Smartcard, Slots, Dialogue, Journal) = (operation, smartcard, slots, dialogue, journal);
        Replacement = new KeyReplacement(dialogue, journal, authority, smartcard, person, operation);
    }

    public Operation Operation { get; }

    public Smartcard Smartcard { get; }

    /// <summary>9C, renewed first, then 9A.</summary>
    public IReadOnlyList<SlotState> Slots { get; }

    public CardDialogue Dialogue { get; }

    public ActJournal Journal { get; }

    public KeyReplacement Replacement { get; }

    /// <summary>How often the card was looked at from the start.</summary>
    public int Looks { get; set; }

    public bool AgentQuarantined { get; set; }

    public bool Expired { get; private init; }

    /// <summary>The operation is this visit's: it may write to the journal.</summary>
    public bool Holds { get; private set; }

    /// <summary>A GENERATE was at least intended: there is something to finish.</summary>
    public bool KeyTouched => Slots.Any(s => s.Step is { } step && (step.State != StepState.Voided || step.PublicKey is not null));

    public DateTimeOffset OldNotAfter => Slots.Where(s => s.Replaces is not null).Select(s => s.Replaces!.NotAfter).DefaultIfEmpty(Operation.NotAfter).Min();

    public bool IsRepair => Operation.Act == Act.Repair;

    /// <summary>As it stands in sentences.</summary>
    public string ActInWords => IsRepair ? "repair" : "renewal";

    public Situation Situation => new(Slots[0].Situation, Slots[1].Situation, AgentQuarantined, IsRepair);

    public SlotState this[KeyReference key] => Slots.Single(s => s.Key == key);

    /// <summary>The other slot is done: with this one the renewal ends.</summary>
    public bool OnlyLeft(KeyReference key) => Slots.Where(s => s.Key != key).All(s => NextStep.Done(s.Situation));

    public static async Task<RenewalVisit> Begin(
        Database database, CertificateAuthority authority, TimeProvider time, RenewalOpened.At opened, ICard card, CancellationToken cancellation)
    {
        var (operation, smartcard, person, slots) = await database.Read(
            async records =>
            {
                var registry = records.Registry;
                var operation = await registry.Operations.SingleAsync(o => o.Id == opened.OperationId, cancellation);
                var smartcard = await registry.Smartcards.SingleAsync(c => c.Id == operation.SmartcardId, cancellation);
                var person = await registry.People.SingleAsync(p => p.Uuid == smartcard.PersonUuid, cancellation);
                var steps = await registry.OperationSteps.Where(s => s.OperationId == operation.Id).ToListAsync(cancellation);
                var credentials = await registry.Credentials.Where(c => c.SmartcardId == smartcard.Id && c.OperationId != operation.Id).ToListAsync(cancellation);
                SlotState[] slots =
                [
                    .. new[] { KeyReference.Signature, KeyReference.Authentication }.Select(key => new SlotState(key)
                    {
                        Earlier = [.. credentials.Where(c => c.KeyReference == (byte)key)
                            .OrderByDescending(c => c.Status == CredentialStatus.Current).ThenByDescending(c => c.CreatedAt).Take(MostEarlier)],
                        Step = steps.Where(s => s.KeyReference == (byte)key).MaxBy(s => s.Attempt),
                    }),
                ];
                return (operation, smartcard, person, slots);
            },
            cancellation);

        var key = CardSecrets.AdministrationKey(authority, smartcard);
        return new RenewalVisit(
            operation, smartcard, person, slots, new CardDialogue(card, key, smartcard.Driver), new ActJournal(database, authority, time, operation.Id, opened.Epoch), authority)
        {
            Expired = slots.Any(s => s.Replaces is { } old && old.NotAfter < time.GetUtcNow()),
            Holds = !opened.Resumed,
            helper = opened.Helper,
        };
    }

    /// <summary>A recorded key has proven itself here: the operation goes on at this computer.</summary>
    /// <returns>False where the visit before wrote to the journal since it was read: look again.</returns>
    public async Task<bool> TakeOver(CancellationToken cancellation)
    {
        var steps = await Journal.TakeOver(Dialogue.Binding.AgentId, helper, cancellation);
        Holds = true;
        var same = true;
        foreach (var slot in Slots)
        {
            var now = steps.Where(s => s.KeyReference == (byte)slot.Key).MaxBy(s => s.Attempt);
            same &= (now?.Id, now?.State) == (slot.Step?.Id, slot.Step?.State);
            slot.Step = now;
        }

        return same;
    }

    /// <summary>The card refused 9B, and with it GENERATE: the intent came to nothing.</summary>
    public async Task TakeBackIntent(CancellationToken cancellation)
    {
        foreach (var slot in Slots.Where(s => s.Step is { State: StepState.Intended }))
        {
            slot.Step = await Journal.Void(slot.Step!, revoke: false, quarantine: false, "the card refused 9B before the key was touched", cancellation);
        }
    }

    /// <summary>A recorded intent keeps its algorithm, whatever the setting says now.</summary>
    public PivAlgorithm AlgorithmOf(NextStep.Generate generate, PivAlgorithm wanted) =>
        generate.NewAttempt ? wanted : (PivAlgorithm)this[generate.Key].Step!.Algorithm;

    /// <summary>A recorded key that the card does not hold: voided, and the agent that told of it is quarantined where the old key is still there.</summary>
    public async Task GiveUp(NextStep.Void lost, CancellationToken cancellation)
    {
        var slot = this[lost.Key];
        var because = lost.Quarantine ? "an agent handed in a key that the card does not hold" : "the card lost a recorded key";
        AgentQuarantined |= lost.Quarantine && slot.Step!.StagedByAgentId == Dialogue.Binding.AgentId;
        slot.Step = await Journal.Void(slot.Step!, lost.Revoke, lost.Quarantine, because, cancellation);
    }

    public RenewalOutcome Completed() => new RenewalOutcome.Completed(
        OldNotAfter,
        Operation.NotAfter,
        [.. Slots.Where(s => s.Replaces is not null).Select(s => s.Replaces!.CertificateSerialNumber)],
        [.. Slots.Select(s => s.Step!.CertificateSerialNumber!)])
    {
        CardTime = Dialogue.CardTime,
    };

    public RenewalOutcome Ended(Refusal refusal) => new RenewalOutcome.Refused(refusal) { CardTime = Dialogue.CardTime };

    public void Dispose() => Dialogue.Dispose();
}
