using System.Globalization;
using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Authority.Issuing;
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
                var id = chuid.CardUuid;
                var card = await registry.Smartcards.SingleOrDefaultAsync(c => c.Id == id, cancellation);
                if (agent.Status != AgentStatus.Approved || (card is not null && !IsCut(card, order)))
                {
                    await registry.Save(
                        new AuditEvent { Kind = "IssuanceRefused", SmartcardId = id, PersonUuid = order.PersonUuid, AgentId = order.AgentId }, cancellation);
                    return null;
                }

                var now = time.GetUtcNow();
                if (card is not null)
                {
                    await Abort(records, card, now, cancellation);
                }
                else
                {
                    card = New(order, chuid, chuidBytes, present, next, nextPuk, zone);
                    registry.Smartcards.Add(card);
                }

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
                    NotAfter = FirstKeys.NotAfter(order, chuid, zone),
                    OpenedAt = now,
                    FinishBy = now.AddDays(1),
                    TouchedAt = now,
                };
                registry.Operations.Add(operation);
                await registry.Save(ActJournal.What("IssuanceRequested", operation, ("serialNumber", order.SerialNumber)), cancellation);
                return (card, operation);
            },
            cancellation);

    /// <summary>The new 9B of an adoption that was cut; the caller disposes of it.</summary>
    public async Task<CutAdoption?> FindCut(Guid smartcardId, IssuanceOrder order, CancellationToken cancellation)
    {
        var card = await database.Read(r => r.Registry.Smartcards.SingleOrDefaultAsync(c => c.Id == smartcardId, cancellation), cancellation);
        return card is not null && IsCut(card, order) ? new CutAdoption(CardSecrets.NextAdministrationKey(authority, card)) : null;
    }

    private static bool IsCut(Smartcard card, IssuanceOrder order) => card.Status == SmartcardStatus.Issuing && card.PersonUuid == order.PersonUuid;

    private Smartcard New(
        IssuanceOrder order, Chuid chuid, byte[] chuidBytes, AdministrationKey present, AdministrationKey? next, byte[]? nextPuk, TimeZoneInfo zone) => new()
    {
        Id = chuid.CardUuid,
        SerialNumber = order.SerialNumber,
        PersonUuid = order.PersonUuid,
        Status = SmartcardStatus.Issuing,
        Driver = order.Driver,
        Chuid = chuidBytes,
        ExpiresAt = Expiry.EndOfDay(chuid.ExpiryDate, zone),
        AdministrationAlgorithm = (byte)(next ?? present).Algorithm,
        WrappedAdministrationKey = authority.Wrap(present.Bytes, CardSecrets.NameOfAdministrationKey(chuid.CardUuid)),
        WrappedNextAdministrationKey = next is null ? null : authority.Wrap(next.Bytes, CardSecrets.NameOfAdministrationKey(chuid.CardUuid)),
        WrappedNextPuk = nextPuk is null ? null : authority.Wrap(nextPuk, CardSecrets.NameOfPuk(chuid.CardUuid)),
    };

    /// <summary>Ends the operation that was cut; whatever was certified in it is revoked.</summary>
    private async Task Abort(Records records, Smartcard card, DateTimeOffset now, CancellationToken cancellation)
    {
        var cut = await records.Registry.Operations.SingleOrDefaultAsync(o => o.SmartcardId == card.Id && o.State == OperationState.Open, cancellation);
        if (cut is null)
        {
            return;
        }

        (cut.State, cut.ClosedAt, cut.ClosedBecause) = (OperationState.Aborted, now, "it was cut and begun anew");
        foreach (var credential in await records.Registry.Credentials.Where(c => c.SmartcardId == card.Id).ToListAsync(cancellation))
        {
            credential.Status = CredentialStatus.Revoked;
        }

        var steps = await records.Registry.OperationSteps.Where(s => s.OperationId == cut.Id && s.State != StepState.Voided).ToListAsync(cancellation);
        foreach (var step in steps)
        {
            if (step.CertificateSerialNumber is { } serial)
            {
                await authority.Revoke(records.Authority, serial, RevocationReason.CessationOfOperation, cancellation);
            }

            step.State = StepState.Voided;
        }

        await records.Registry.Save(ActJournal.What("IssuanceAborted", cut, ("because", cut.ClosedBecause)), cancellation);
    }

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

    /// <summary>Both keys are proven: the card is in use and the operation is complete, in one transaction.</summary>
    public static Task PutInUse(ActJournal journal, TimeProvider time, CancellationToken cancellation) =>
        journal.Change(
            async (records, operation) =>
            {
                var card = await records.Registry.Smartcards.SingleAsync(c => c.Id == operation.SmartcardId, cancellation);
                card.Status = SmartcardStatus.InUse;
                (operation.State, operation.ClosedAt) = (OperationState.Completed, time.GetUtcNow());
                return (true, ActJournal.What("IssuanceCompleted", operation));
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

    /// <summary>The next 9B where the card lets us set one: the one recorded before a cut, or a new random one. Null: the one it came with stays.</summary>
    public static AdministrationKey? NextAdministrationKey(IssuanceOrder order, AdministrationKey? recorded = null) =>
        CardDriver.ByName(order.Driver) is not { CanSetAdministrationKey: true } ? null
        : recorded is not null ? new AdministrationKey(recorded.Algorithm, recorded.Bytes)
        : AdministrationKey.Random(order.AdministrationAlgorithm);
}

/// <summary>An adoption that was cut.</summary>
/// <param name="Next">The 9B that it recorded before sending it; null where the card takes none.</param>
internal sealed record CutAdoption(AdministrationKey? Next) : IDisposable
{
    public void Dispose() => Next?.Dispose();
}
