using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Keys;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Issuance;

/// <summary>
/// Makes a smartcard of a blank PIV card, or adopts one whose 9B is known. Both keys are made anew either way: what they
/// signed before is nobody's concern here. At approved agents only, because new card secrets pass through.
/// </summary>
public sealed class Issuance(Database database, CertificateAuthority authority, LifecycleOptions options, TimeProvider time)
{
    /// <summary>Issues a blank card. The agent holds the passcode that the card is to have.</summary>
    /// <param name="order">For whom.</param>
    /// <param name="card">The blank card.</param>
    /// <param name="transportKey">The 9B that it came with.</param>
    /// <param name="transportPuk">The PUK that it came with, 8 bytes.</param>
    /// <param name="cancellation">Ends it; the card is then to be issued anew.</param>
    public async Task<IssuanceOutcome> Issue(
        IssuanceOrder order, ICard card, AdministrationKey transportKey, ReadOnlyMemory<byte> transportPuk, CancellationToken cancellation)
    {
        using var transport = new CardDialogue(card, transportKey, order.Driver);
        if (await ReadChuid(transport, cancellation) is not { IsEmpty: true })
        {
            return new IssuanceOutcome.Refused(Refusals.CardNotBlank());
        }

        var chuid = CardRecord.NewChuid(order);
        var person = await Person(order, cancellation);
        using var next = CardRecord.NewAdministrationKey(order);
        var puk = CardRecord.NewPuk();
        try
        {
            var records = new CardRecord(database, authority, time);
            if (await records.Open(order, chuid, chuid.Encode(), transportKey, next, puk, options.TimeZone, cancellation) is not { } opened)
            {
                return new IssuanceOutcome.Refused(Refusals.AgentNotApproved());
            }

            var journal = new ActJournal(database, authority, time, opened.Operation.Id, opened.Operation.Epoch);
            CardStep[] personalise =
            [
                // The transport PUK sets the passcode; only then does the card get the PUK that nobody has used.
                new CardStep.SetPasscode(transportPuk),
                new CardStep.Raw(PivCommands.ChangeReferenceData(ReferenceData.Puk, transportPuk.Span, puk)),
                .. next is null ? [] : new[] { new CardStep.Raw(PivCommands.SetManagementKey(next.Algorithm, next.Bytes)) },
                new CardStep.Raw(PivCommands.PutData(DataObject.CardCapabilityContainer, CardCapabilityContainer.Encode())),
                new CardStep.Raw(PivCommands.PutData(DataObject.KeyHistory, new KeyHistory(0, 0, null).Encode())),
                new CardStep.Raw(PivCommands.PutData(DataObject.PrintedInformation, Print(person, order).Encode())),
                new CardStep.Raw(PivCommands.PutData(DataObject.Chuid, chuid.Encode())),
            ];
            await Expect(transport.RunAuthenticated("personalise", personalise, cancellation), personalise.Length);
            await CardRecord.PromoteSecrets(journal, cancellation);
            return await MakeKeys(order, opened.Card.Id, opened.Operation, journal, card, person, cancellation);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(puk);
        }
    }

    /// <summary>Adopts a card that is in somebody's hands already: its CHUID and passcode stay. The agent holds its passcode.</summary>
    /// <param name="order">For whom.</param>
    /// <param name="card">The card.</param>
    /// <param name="presentKey">Its 9B.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IssuanceOutcome> Adopt(IssuanceOrder order, ICard card, AdministrationKey presentKey, CancellationToken cancellation)
    {
        using var present = new CardDialogue(card, presentKey, order.Driver);
        if (await ReadChuid(present, cancellation) is not { } contents)
        {
            return new IssuanceOutcome.Refused(Refusals.CardUnreadable());
        }

        var person = await Person(order, cancellation);
        var hasChuid = Chuid.TryDecode(contents, out var found);
        var chuid = hasChuid ? found! : CardRecord.NewChuid(order);
        var chuidBytes = hasChuid ? contents.ToArray() : chuid.Encode();
        using var next = CardRecord.NewAdministrationKey(order);

        // 9B and passcode are proven before anything is recorded: mistyped ones must not leave a card on the books.
        var confirmed = await present.RunAuthenticated("confirm 9B and passcode", [new CardStep.VerifyPasscode()], cancellation);
        switch (confirmed)
        {
            case [{ Status.IsSuccess: true }]: break;
            case [{ Status.TriesLeft: 0 }]: return new IssuanceOutcome.Refused(Refusals.CardLocked(order.Driver));
            case [{ Status.TriesLeft: { } left }]: return new IssuanceOutcome.Refused(Refusals.PasscodeWrong(left));
            default: return new IssuanceOutcome.Refused(Refusals.CardUnreadable());
        }

        var records = new CardRecord(database, authority, time);
        if (await records.Open(order, chuid, chuidBytes, presentKey, next, null, options.TimeZone, cancellation) is not { } opened)
        {
            return new IssuanceOutcome.Refused(Refusals.AgentNotApproved());
        }

        var journal = new ActJournal(database, authority, time, opened.Operation.Id, opened.Operation.Epoch);
        CardStep[] take =
        [
            .. hasChuid ? [] : new[] { new CardStep.Raw(PivCommands.PutData(DataObject.Chuid, chuidBytes)) },
            .. next is null ? [] : new[] { new CardStep.Raw(PivCommands.SetManagementKey(next.Algorithm, next.Bytes)) },
        ];
        if (take.Length > 0)
        {
            await Expect(present.RunAuthenticated("take over", take, cancellation), take.Length);
        }

        await CardRecord.PromoteSecrets(journal, cancellation);
        return await MakeKeys(order, opened.Card.Id, opened.Operation, journal, card, person, cancellation);
    }

    private async Task<IssuanceOutcome> MakeKeys(
        IssuanceOrder order, Guid smartcardId, Operation operation, ActJournal journal, ICard card, Person person, CancellationToken cancellation)
    {
        var smartcard = await database.Read(r => r.Registry.Smartcards.SingleAsync(c => c.Id == smartcardId, cancellation), cancellation);
        using var dialogue = new CardDialogue(card, CardSecrets.AdministrationKey(authority, smartcard), smartcard.Driver);
        var replacement = new KeyReplacement(dialogue, journal, authority, smartcard, person, operation);
        await Expect(dialogue.Run("select", [new CardStep.Raw(PivCommands.Select())], cancellation), 1);
        foreach (var key in (KeyReference[])[KeyReference.Signature, KeyReference.Authentication])
        {
            var slot = new SlotState(key);
            replacement.Preflight(key, order.KeyAlgorithm);
            if (!await replacement.Generate(slot, order.KeyAlgorithm, newAttempt: true, alarm: false, cancellation))
            {
                return new IssuanceOutcome.Refused(Refusals.CardFaulty(operation.Reference));
            }

            await replacement.Issue(slot, cancellation);
            if (slot.NewCertificate is null || !await replacement.WriteAndProve(slot, write: true, cancellation))
            {
                return new IssuanceOutcome.Refused(Refusals.CardFaulty(operation.Reference));
            }
        }

        await CardRecord.PutInUse(journal, cancellation);
        await journal.Complete(cancellation);
        return new IssuanceOutcome.Issued(smartcard.Id, smartcard.SerialNumber, operation.NotAfter);
    }

    private async Task<Person> Person(IssuanceOrder order, CancellationToken cancellation) =>
        await database.Read(r => r.Registry.People.SingleAsync(p => p.Uuid == order.PersonUuid, cancellation), cancellation);

    private static PrintedInformation Print(Person person, IssuanceOrder order) => new(
        person.FullName,
        string.Empty,
        order.CardExpiresOn.ToString("yyyyMMMdd", System.Globalization.CultureInfo.InvariantCulture).ToUpperInvariant(),
        order.SerialNumber,
        "EVERCARD");

    /// <summary>SELECT, then the CHUID's contents (empty where absent); null where that is no PIV card.</summary>
    private static async Task<ReadOnlyMemory<byte>?> ReadChuid(CardDialogue dialogue, CancellationToken cancellation)
    {
        var answers = await dialogue.Run(
            "look", [new CardStep.Raw(PivCommands.Select()), new CardStep.Raw(PivCommands.GetData(DataObject.Chuid), AnyStatus: true)], cancellation);
        return answers.Count == 2 && DataObjectAnswer.TryRead(new ResponseApdu(answers[1].Data, answers[1].Status), DataObject.Chuid, out var contents)
            ? contents
            : null;
    }

    private static async Task Expect(Task<IReadOnlyList<StepAnswer>> run, int steps)
    {
        var answers = await run;
        if (answers.Count < steps)
        {
            throw new CardException(answers[^1].Status, $"The card refused step {answers.Count} of {steps}.");
        }
    }
}
