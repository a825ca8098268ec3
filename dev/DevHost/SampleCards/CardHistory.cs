using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Cards;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.Lifecycle;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Renewal;
using Evercard.Lifecycle.Roles;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using LogIn = Evercard.Lifecycle.LogIn.LogIn;

namespace Evercard.DevHost.SampleCards;

/// <summary>What happened to sample cards after they were issued.</summary>
internal sealed class CardHistory(Database database, CertificateAuthority authority, LifecycleOptions options, TimeProvider time)
{
    private const string Computer = "sample-ward4-pc2";

    /// <summary>A real renewal on another computer that loses the card before it makes the second key.</summary>
    public async Task CutRenewal(SimulatedCard card, Guid id, CancellationToken cancellation)
    {
        const string Reader = "Reader";
        await AddComputer(cancellation);
        using var readers = new SimulatedReaders(Reader);
        readers.Insert(Reader, card);
        using var connection = readers.Connect(Reader);
        using var passcode = SampleWard.Hold(SampleWard.Passcode, time);
        var logIn = new LogIn(database, authority, options, time);
        var loggedIn = await logIn.Run(id, new LocalCard(connection, CardAct.LogIn, Binding(Guid.NewGuid().ToString("N"), 0), passcode, null, time), cancellation)
            as LogInOutcome.LoggedIn ?? throw new InvalidOperationException("The sample card did not log in.");
        var session = LogIn.SessionId(loggedIn.SessionSecret);
        var opened = await new RenewalOpening(database, RoleTable.Of(RoleTable.Classic), options, time).Open(new RenewalRequest(id, Computer, session), cancellation)
            as RenewalOpened.At ?? throw new InvalidOperationException("The renewal of the sample card was not opened.");
        var local = new LocalCard(connection, CardAct.Renewal, Binding(opened.OperationId.ToString("N"), opened.Epoch), passcode, null, time);
        await new Renewal(database, authority, options, time, NullLogger<Renewal>.Instance).Run(opened, new PulledOut(local), null, cancellation);
        readers.Remove(Reader);
        await new SessionLife(database, options, time).LogOut(loggedIn.SessionSecret, Computer, Registry.Computers.Session.SmartcardRemoved, cancellation);
    }

    /// <summary>There is no act of Repair yet: its operation, waiting with an intent, is written down directly. The card itself is as it was.</summary>
    public async Task CutRepair(Guid id, SamplePerson holder, CancellationToken cancellation)
    {
        await AddComputer(cancellation);
        await database.Write(
            async records =>
            {
                var now = time.GetUtcNow();
                var operation = new Operation
                {
                    Id = Guid.NewGuid(),
                    Reference = OperationReference.New(),
                    Act = Act.Repair,
                    SmartcardId = id,
                    PersonUuid = holder.Uuid,
                    State = OperationState.Waiting,
                    Epoch = 1,
                    AgentId = Computer,
                    ComputerName = "WARD4-PC2",
                    NotAfter = Expiry.NotAfter(now, options.ValidityMonths, now.AddYears(9), options.TimeZone),
                    OpenedAt = now,
                    FinishBy = now.AddDays(options.FinishByDays),
                    TouchedAt = now,
                    StoppedCode = "CARD-REMOVED",
                    StoppedDetail = Refusals.CardRemoved(null).Detail,
                    StoppedNextStep = Refusals.CardRemoved(null).NextStep,
                };
                records.Registry.Operations.Add(operation);
                records.Registry.OperationSteps.Add(new OperationStep
                {
                    Id = Guid.NewGuid(),
                    OperationId = operation.Id,
                    KeyReference = (byte)KeyReference.Signature,
                    Attempt = 1,
                    State = StepState.Intended,
                    Algorithm = (byte)options.KeyAlgorithm,
                    CreatedAt = now,
                    ChangedAt = now,
                });
                await records.Registry.Save(What("SampleRepairRecorded", id, holder.Uuid), cancellation);
            },
            cancellation);
    }

    /// <summary>There is no act of Cancellation yet: status and revocations are written down directly.</summary>
    public Task Cancel(Guid id, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var card = await records.Registry.Smartcards.SingleAsync(c => c.Id == id, cancellation);
                (card.Status, card.CancelledAt, card.CancelledBecause) = (SmartcardStatus.Cancelled, time.GetUtcNow(), "it was reported lost");
                foreach (var credential in await records.Registry.Credentials.Where(c => c.SmartcardId == id).ToListAsync(cancellation))
                {
                    credential.Status = CredentialStatus.Revoked;
                    await authority.Revoke(records.Authority, credential.CertificateSerialNumber, RevocationReason.CessationOfOperation, cancellation);
                }

                await records.Registry.Save(What("SampleCardCancelled", id, card.PersonUuid), cancellation);
            },
            cancellation);

    public Task CloseProfile(SamplePerson holder, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var person = await records.Registry.People.SingleAsync(p => p.Uuid == holder.Uuid, cancellation);
                (person.Status, person.ClosedAt) = (PersonStatus.Closed, time.GetUtcNow());
                await records.Registry.Save(What("SampleProfileClosed", null, holder.Uuid), cancellation);
            },
            cancellation);

    private Task AddComputer(CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                if (!await records.Registry.Agents.AnyAsync(a => a.Id == Computer, cancellation))
                {
                    records.Registry.Agents.Add(SampleWard.SampleComputer(Computer, "WARD4-PC2", time.GetUtcNow()));
                }

                await records.Registry.Save(new AuditEvent { Kind = "SampleComputerAdded", AgentId = Computer }, cancellation);
            },
            cancellation);

    private static AuditEvent What(string kind, Guid? smartcard, string person) => new() { Kind = kind, SmartcardId = smartcard, PersonUuid = person };

    private static ActBinding Binding(string operation, int epoch) => new("http://issuing-desk.invalid", Computer, operation, epoch);

    /// <summary>A card that is gone when the second key is to be made.</summary>
    private sealed class PulledOut(ICard card) : ICard
    {
        public ActBinding Binding => card.Binding;

        public Task<ScriptReply> Run(CardScript script, CancellationToken cancellation) => script.Name == "generate 9A"
            ? throw new CardConnectionException(CardConnectionFailure.Removed, "The card was pulled out.")
            : card.Run(script, cancellation);
    }
}
