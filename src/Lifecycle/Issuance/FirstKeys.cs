using Evercard.Authority;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Keys;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Issuance;

/// <summary>What issuing a blank card and adopting a used one have in common: both keys and certificates of a card that has none of ours.</summary>
internal sealed class FirstKeys(Database database, CertificateAuthority authority, TimeProvider time)
{
    private static readonly KeyReference[] Both = [KeyReference.Signature, KeyReference.Authentication];

    public Task<Person> Person(IssuanceOrder order, CancellationToken cancellation) =>
        database.Read(r => r.Registry.People.SingleAsync(p => p.Uuid == order.PersonUuid, cancellation), cancellation);

    /// <summary>Before anything is recorded or sent: would the authority make both certificates, and would the card hold them?</summary>
    /// <exception cref="Authority.Issuing.OrderRefusedException">It would not.</exception>
    /// <exception cref="Authority.Issuing.AuthorityUnavailableException">The authority gives no signature.</exception>
    public void Preflight(IssuanceOrder order, Person person, Chuid chuid, TimeZoneInfo zone)
    {
        foreach (var key in Both)
        {
            KeyReplacement.Preflight(authority, order.Driver, person, chuid.CardUuid, NotAfter(order, chuid, zone), key, order.KeyAlgorithm);
        }
    }

    /// <summary>Expiry of both certificates: never past the card's own.</summary>
    public static DateTimeOffset NotAfter(IssuanceOrder order, Chuid chuid, TimeZoneInfo zone)
    {
        var cardExpires = Expiry.EndOfDay(chuid.ExpiryDate, zone);
        return order.NotAfter <= cardExpires ? order.NotAfter : cardExpires;
    }

    /// <summary>Makes both keys and certificates; then the card is in use.</summary>
    public async Task<IssuanceOutcome> Make(
        IssuanceOrder order, Operation operation, ActJournal journal, ICard card, Person person, CancellationToken cancellation)
    {
        var smartcard = await database.Read(r => r.Registry.Smartcards.SingleAsync(c => c.Id == operation.SmartcardId, cancellation), cancellation);
        using var dialogue = new CardDialogue(card, CardSecrets.AdministrationKey(authority, smartcard), smartcard.Driver);
        var replacement = new KeyReplacement(dialogue, journal, authority, smartcard, person, operation);
        await Expect(dialogue.Run("select", [new CardStep.Raw(PivCommands.Select())], cancellation), 1);
        foreach (var key in Both)
        {
            var slot = new SlotState(key);
            dialogue.Last = false;
            if (!await replacement.Generate(slot, order.KeyAlgorithm, newAttempt: true, alarm: false, cancellation))
            {
                return new IssuanceOutcome.Refused(Refusals.CardFaulty(operation.Reference));
            }

            await replacement.Issue(slot, cancellation);
            dialogue.Last = key == Both[^1];
            if (slot.NewCertificate is null || !await replacement.WriteAndProve(slot, write: true, cancellation))
            {
                return new IssuanceOutcome.Refused(Refusals.CardFaulty(operation.Reference));
            }
        }

        await CardRecord.PutInUse(journal, time, cancellation);
        return new IssuanceOutcome.Issued(smartcard.Id, smartcard.SerialNumber, operation.NotAfter);
    }

    /// <summary>SELECT, then the CHUID's contents (empty where absent); null where that is no PIV card.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadChuid(CardDialogue dialogue, CancellationToken cancellation)
    {
        var answers = await dialogue.Run(
            "look", [new CardStep.Raw(PivCommands.Select()), new CardStep.Raw(PivCommands.GetData(DataObject.Chuid), AnyStatus: true)], cancellation);
        return answers.Count == 2 && DataObjectAnswer.TryRead(new ResponseApdu(answers[1].Data, answers[1].Status), DataObject.Chuid, out var contents)
            ? contents
            : null;
    }

    /// <exception cref="CardException">The card refused one of the steps.</exception>
    public static async Task Expect(Task<IReadOnlyList<StepAnswer>> run, int steps)
    {
        var answers = await run;
        if (answers.Count < steps)
        {
            throw new CardException(answers.Count == 0 ? StatusWord.SecurityStatusNotSatisfied : answers[^1].Status, $"The card refused step {answers.Count} of {steps}.");
        }
    }
}
