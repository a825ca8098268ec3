using System.Globalization;
using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Cards.Drivers;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Lifecycle.Keys;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Issuance;

/// <summary>The registry's side of a new card: recorded with its next secrets before any of them is sent.</summary>
internal sealed class CardRecord(Database database, CertificateAuthority authority, TimeProvider time)
{
    public const int PukBytes = 8;

    /// <summary>Records card and operation; the agent must be approved.</summary>
    public Task<(Smartcard Card, Operation Operation)?> Open(
        IssuanceOrder order, Chuid chuid, byte[] chuidBytes, AdministrationKey present, AdministrationKey? next, byte[]? nextPuk, TimeZoneInfo zone, CancellationToken cancellation) =>
        database.Write<(Smartcard, Operation)?>(
            async records =>
            {
                var registry = records.Registry;
                var agent = await registry.Agents.SingleAsync(a => a.Id == order.AgentId, cancellation);
                if (agent.Status != AgentStatus.Approved || await registry.Smartcards.AnyAsync(c => c.Id == chuid.CardUuid, cancellation))
                {
                    await registry.Save(
                        new AuditEvent { Kind = "IssuanceRefused", SmartcardId = chuid.CardUuid, PersonUuid = order.PersonUuid, AgentId = order.AgentId }, cancellation);
                    return null;
                }

                var now = time.GetUtcNow();
                var id = chuid.CardUuid;
                var card = new Smartcard
                {
                    Id = id,
                    SerialNumber = order.SerialNumber,
                    PersonUuid = order.PersonUuid,
                    Status = SmartcardStatus.Issuing,
                    Driver = order.Driver,
                    Chuid = chuidBytes,
                    ExpiresAt = Expiry.EndOfDay(chuid.ExpiryDate, zone),
                    AdministrationAlgorithm = (byte)(next ?? present).Algorithm,
                    WrappedAdministrationKey = authority.Wrap(present.Bytes, CardSecrets.NameOfAdministrationKey(id)),
                    WrappedNextAdministrationKey = next is null ? null : authority.Wrap(next.Bytes, CardSecrets.NameOfAdministrationKey(id)),
                    WrappedNextPuk = nextPuk is null ? null : authority.Wrap(nextPuk, CardSecrets.NameOfPuk(id)),
                };
                var operation = new Operation
                {
                    Id = Guid.NewGuid(),
                    Reference = OperationReference.New(),
                    Act = Act.Issuance,
                    SmartcardId = id,
                    PersonUuid = order.PersonUuid,
                    State = OperationState.Open,
                    Epoch = 1,
                    AgentId = order.AgentId,
                    ComputerName = agent.ComputerName,
                    NotAfter = order.NotAfter <= card.ExpiresAt ? order.NotAfter : card.ExpiresAt,
                    OpenedAt = now,
                    FinishBy = now.AddDays(1),
                    TouchedAt = now,
                };
                registry.Smartcards.Add(card);
                registry.Operations.Add(operation);
                await registry.Save(ActJournal.What("IssuanceRequested", operation, ("serialNumber", order.SerialNumber)), cancellation);
                return (card, operation);
            },
            cancellation);

    /// <summary>The card took its new secrets: they are the present ones now.</summary>
    public static Task PromoteSecrets(ActJournal journal, CancellationToken cancellation) =>
        journal.Change(
            async (records, operation) =>
            {
                var card = await records.Registry.Smartcards.SingleAsync(c => c.Id == operation.SmartcardId, cancellation);
                card.WrappedAdministrationKey = card.WrappedNextAdministrationKey ?? card.WrappedAdministrationKey;
                card.WrappedPuk = card.WrappedNextPuk ?? card.WrappedPuk;
                (card.WrappedNextAdministrationKey, card.WrappedNextPuk) = (null, null);
                return (true, ActJournal.What("CardSecretsSet", operation));
            },
            cancellation);

    public static Task PutInUse(ActJournal journal, CancellationToken cancellation) =>
        journal.Change(
            async (records, operation) =>
            {
                var card = await records.Registry.Smartcards.SingleAsync(c => c.Id == operation.SmartcardId, cancellation);
                card.Status = SmartcardStatus.InUse;
                return (true, ActJournal.What("CardPutInUse", operation));
            },
            cancellation);

    /// <summary>8 random digits: some cards take no other bytes for a PUK.</summary>
    public static byte[] NewPuk()
    {
        var puk = new byte[PukBytes];
        for (var i = 0; i < puk.Length; i++)
        {
            puk[i] = (byte)('0' + RandomNumberGenerator.GetInt32(10));
        }

        return puk;
    }

    /// <summary>A CHUID of our own for a card that has none.</summary>
    public static Chuid NewChuid(IssuanceOrder order) =>
        new(new FascN(PersonIdentifier: long.Parse(order.PersonUuid, CultureInfo.InvariantCulture) % 10_000_000_000).Encode(), Guid.NewGuid(), order.CardExpiresOn);

    /// <summary>A new 9B where the card lets us set one; otherwise the one it came with stays.</summary>
    public static AdministrationKey? NewAdministrationKey(IssuanceOrder order) =>
        CardDriver.ByName(order.Driver) is { CanSetAdministrationKey: true } ? AdministrationKey.Random(order.AdministrationAlgorithm) : null;
}
