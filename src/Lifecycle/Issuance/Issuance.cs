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
/// Makes a smartcard of a blank PIV card. At approved agents only, because new card secrets pass through. An issuance that is cut
/// is begun anew with another blank card; a cut adoption is finished (<see cref="Adoption"/>).
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
        if (await FirstKeys.ReadChuid(transport, cancellation) is not { IsEmpty: true })
        {
            return new IssuanceOutcome.Refused(Refusals.CardNotBlank());
        }

        var chuid = CardRecord.NewChuid(order);
        var keys = new FirstKeys(database, authority, time);
        var person = await keys.Person(order, cancellation);
        keys.Preflight(order, person, chuid, options.TimeZone);
        using var next = CardRecord.NextAdministrationKey(order);
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
            await FirstKeys.Expect(transport.RunAuthenticated("personalise", personalise, cancellation), personalise.Length);
            await CardRecord.PromoteSecrets(journal, cancellation);
            return await keys.Make(order, opened.Operation, journal, card, person, cancellation);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(puk);
        }
    }

    private static PrintedInformation Print(Person person, IssuanceOrder order) => new(
        person.FullName,
        string.Empty,
        order.CardExpiresOn.ToString("yyyyMMMdd", System.Globalization.CultureInfo.InvariantCulture).ToUpperInvariant(),
        order.SerialNumber,
        "EVERCARD");
}
