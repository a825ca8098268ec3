using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Cards.Piv;
using Evercard.Lifecycle.Notifications;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Keys;

/// <summary>Somebody else took the operation over, or it has ended: this visit writes nothing more.</summary>
public sealed class TakenOverException() : Exception("The operation was taken over or has ended.");

/// <summary>
/// The journal of one operation at one epoch. Each method is one transaction with its audit event, and refuses to write
/// once the operation has a higher epoch.
/// </summary>
internal sealed class ActJournal(Database database, CertificateAuthority authority, TimeProvider time, Guid operationId, int epoch)
{
    /// <summary>Which step of docs/renewal.md an event tells of.</summary>
    private static readonly Dictionary<string, string> Steps = new(StringComparer.Ordinal)
    {
        ["RenewalRequested"] = "4",
        ["RenewalResumed"] = "4",
        ["KeyGenerationIntended"] = "7",
        ["KeyStaged"] = "8",
        ["CertificatePrepared"] = "9",
        ["CertificateIssued"] = "9",
        ["CertificateProven"] = "11",
        ["RenewalCompleted"] = "13",
        ["RepairRequested"] = "4",
        ["RepairBegun"] = "5",
        ["RepairCompleted"] = "13",
    };

    /// <summary>GENERATE overwrites the old key: say so first. An earlier attempt that came to nothing is voided.</summary>
    public Task<OperationStep> Intend(KeyReference key, PivAlgorithm algorithm, OperationStep? earlier, bool newAttempt, bool alarm, CancellationToken cancellation) =>
        Change(
            async (records, operation) =>
            {
                if (earlier is not null && !newAttempt)
                {
                    var same = await Load(records, earlier);
                    return (same, What("KeyGenerationIntended", operation, ("key", Name(key)), ("attempt", $"{same.Attempt}"), ("again", "yes")));
                }

                if (earlier is { State: not StepState.Voided })
                {
                    Set(await Load(records, earlier), StepState.Voided);
                }

                var now = time.GetUtcNow();
                var step = new OperationStep
                {
                    Id = Guid.NewGuid(),
                    OperationId = operationId,
                    KeyReference = (byte)key,
                    Attempt = (earlier?.Attempt ?? 0) + 1,
                    State = StepState.Intended,
                    Algorithm = (byte)algorithm,
                    CreatedAt = now,
                    ChangedAt = now,
                };
                records.Registry.OperationSteps.Add(step);
                var what = What("KeyGenerationIntended", operation, ("key", Name(key)), ("attempt", $"{step.Attempt}"), ("alarm", alarm ? "a recorded key is gone" : "no"));
                return (step, what);
            },
            cancellation);

    /// <summary>The card had this key before: it is no new one, whoever says so.</summary>
    public Task<bool> IsKnown(byte[] publicKey, CancellationToken cancellation) =>
        database.Read(
            async records =>
            {
                var card = await records.Registry.Operations.Where(o => o.Id == operationId).Select(o => o.SmartcardId).SingleAsync(cancellation);
                return await records.Registry.Credentials.AnyAsync(c => c.SmartcardId == card && c.PublicKey == publicKey, cancellation)
                    || await records.Registry.OperationSteps.AnyAsync(s => s.OperationId == operationId && s.PublicKey == publicKey, cancellation);
            },
            cancellation);

    /// <summary>Records the public key that the card answered, its origin and its proof.</summary>
    public Task<OperationStep> Stage(OperationStep step, byte[] publicKey, KeyOrigin origin, byte[] statement, byte[] signature, CancellationToken cancellation) =>
        Change(
            async (records, operation) =>
            {
                var tracked = await Load(records, step);
                tracked.PublicKey = publicKey;
                tracked.Origin = origin;
                tracked.ProofStatement = statement;
                tracked.ProofSignature = signature;
                tracked.StagedByAgentId = operation.AgentId;
                Set(tracked, StepState.Staged);
                return (tracked, What("KeyStaged", operation, ("key", Name(tracked)), ("attempt", $"{tracked.Attempt}"), ("origin", origin.ToString())));
            },
            cancellation);

    /// <summary>Stores the serial number and the to-be-signed bytes, before anything is signed.</summary>
    public Task<(OperationStep Step, Preparation Preparation)> Prepare(OperationStep step, CertificateOrder order, CancellationToken cancellation) =>
        Change(
            async (records, operation) =>
            {
                var preparation = await authority.Prepare(records.Authority, order, cancellation);
                var tracked = await Load(records, step);
                tracked.CertificateSerialNumber = preparation.SerialNumber;
                Set(tracked, StepState.Prepared);
                return ((tracked, preparation), What("CertificatePrepared", operation, ("key", Name(tracked)), ("serial", preparation.SerialNumber)));
            },
            cancellation);

    /// <summary>Signs what was prepared and stores the certificate; from here it counts as good.</summary>
    public Task<OperationStep> Issue(OperationStep step, Preparation preparation, CancellationToken cancellation) =>
        Change(
            async (records, operation) =>
            {
                var issued = await authority.Issue(records.Authority, preparation, cancellation);
                var tracked = await Load(records, step);
                tracked.CertificateSerialNumber = issued.SerialNumber;
                tracked.Certificate = issued.Certificate.ToArray();
                Set(tracked, StepState.Issued);
                return (tracked, What("CertificateIssued", operation, ("key", Name(tracked)), ("serial", issued.SerialNumber)));
            },
            cancellation);

    /// <summary>The new certificate was read back and its key proven: only now is the old one superseded.</summary>
    public Task<OperationStep> RecordProven(OperationStep step, CancellationToken cancellation) =>
        Change(
            async (records, operation) =>
            {
                var tracked = await Load(records, step);
                if (tracked.State == StepState.Proven)
                {
                    return (tracked, What("CertificateWrittenAgain", operation, ("key", Name(tracked)), ("serial", tracked.CertificateSerialNumber!)));
                }

                var superseded = await Supersede(records, operation, tracked, cancellation);
                records.Registry.Credentials.Add(new Credential
                {
                    Id = Guid.NewGuid(),
                    SmartcardId = operation.SmartcardId,
                    KeyReference = tracked.KeyReference,
                    Algorithm = tracked.Algorithm,
                    PublicKey = tracked.PublicKey!,
                    Origin = tracked.Origin,
                    CertificateSerialNumber = tracked.CertificateSerialNumber!,
                    Certificate = tracked.Certificate!,
                    NotAfter = operation.NotAfter,
                    Status = CredentialStatus.Current,
                    OperationId = operationId,
                    CreatedAt = time.GetUtcNow(),
                });
                Set(tracked, StepState.Proven);
                return (tracked, What(
                    "CertificateProven", operation, ("key", Name(tracked)), ("serial", tracked.CertificateSerialNumber!), ("superseded", superseded ?? "none")));
            },
            cancellation);

    /// <summary>Gives an attempt up; its certificate, where there is one, is revoked, and an agent that lied gets no more acts.</summary>
    public Task<OperationStep> Void(OperationStep step, bool revoke, bool quarantine, string because, CancellationToken cancellation) =>
        Change(
            async (records, operation) =>
            {
                var tracked = await Load(records, step);
                var serial = tracked.CertificateSerialNumber;
                if (revoke && serial is not null)
                {
                    // A key that the card should hold and does not may be in anybody's hands.
                    await authority.Revoke(records.Authority, serial, RevocationReason.KeyCompromise, cancellation);
                    if (await records.Registry.Credentials.SingleOrDefaultAsync(c => c.CertificateSerialNumber == serial, cancellation) is { } credential)
                    {
                        credential.Status = CredentialStatus.Revoked;
                    }
                }

                if (quarantine && await records.Registry.Agents.SingleOrDefaultAsync(a => a.Id == tracked.StagedByAgentId, cancellation) is { } agent)
                {
                    agent.Status = AgentStatus.Quarantined;
                }

                Set(tracked, StepState.Voided);
                return (tracked, What(
                    "KeyVoided", operation,
                    ("key", Name(tracked)),
                    ("attempt", $"{tracked.Attempt}"),
                    ("revoked", revoke ? serial ?? "none" : "none"),
                    ("alarm", because),
                    ("quarantined", quarantine ? tracked.StagedByAgentId ?? "none" : "none")));
            },
            cancellation);

    /// <summary>The visit is over; the operation waits until the card is seen again.</summary>
    /// <returns>How many visits have ended with an error that somebody at a desk saw.</returns>
    public Task<int> Wait(Refusal why, CancellationToken cancellation) =>
        Change(
            (_, operation) =>
            {
                operation.State = OperationState.Waiting;
                operation.Failures += operation.OperatorUuid is not null && IsFailure(why) ? 1 : 0;
                (operation.StoppedCode, operation.StoppedDetail, operation.StoppedNextStep, operation.StoppedTriesLeft) = (why.Code, why.Detail, why.NextStep, why.TriesLeft);
                return Task.FromResult((operation.Failures, What($"{operation.Act}Waiting", operation, ("because", why.Code))));
            },
            cancellation);

    /// <summary>
    /// A card that was taken out is no error, nor is a computer that lost the network for a moment, nor a passcode that was mistyped or that the card's
    /// rules forbid.
    /// </summary>
    private static bool IsFailure(Refusal why) => why.Code is not ("CARD-REMOVED" or "READER-UNPLUGGED" or "SERVICE-UNREACHABLE") && !why.Code.StartsWith("PASSCODE-", StringComparison.Ordinal);

    /// <summary>A visit that never had the operation was turned away: told in the trail, and nothing else.</summary>
    public Task RecordRefusal(Operation operation, string agentId, string code, CancellationToken cancellation) =>
        database.Write(
            records => records.Registry.Save(
                new AuditEvent
                {
                    Kind = $"{operation.Act}Refused",
                    OperationId = operation.Id,
                    SmartcardId = operation.SmartcardId,
                    PersonUuid = operation.PersonUuid,
                    AgentId = agentId,
                    Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = code },
                },
                cancellation),
            cancellation);

    /// <summary>The act is over, and its cardholder is told of it.</summary>
    public Task Complete(LifecycleOptions options, CancellationToken cancellation) =>
        Change(
            async (records, operation) =>
            {
                var now = time.GetUtcNow();
                (operation.State, operation.ClosedAt) = (OperationState.Completed, now);
                var told = await CardholderNotifications.Add(
                    records.Registry,
                    new ToldAct($"{operation.Act}", operation.SmartcardId, operation.PersonUuid, operation.AgentId)
                    {
                        OperationId = operation.Id, OperatorSessionId = operation.OperatorSessionId, NotAfter = operation.NotAfter,
                    },
                    options,
                    now,
                    cancellation);
                return (true, operation.Act == Act.Unlock
                    ? What("UnlockCompleted", operation, (CardholderNotifications.Told, told))
                    : What($"{operation.Act}Completed", operation, ("notAfter", $"{operation.NotAfter:O}"), (CardholderNotifications.Told, told)));
            },
            cancellation);

    /// <summary>
    /// Takes the operation over from the visit before: a recorded key was proven here. Whoever had it writes nothing more.
    /// </summary>
    /// <param name="agentId">Where it goes on.</param>
    /// <param name="helper">Who does it for the cardholder; null where nobody does.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The journal as it stands now; the visit before may have written since this one read it.</returns>
    /// <exception cref="TakenOverException">Another visit was quicker, or the operation has ended.</exception>
    public Task<List<OperationStep>> TakeOver(string agentId, Session? helper, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var operation = await records.Registry.Operations.SingleAsync(o => o.Id == operationId, cancellation);
                if (operation.Epoch != epoch - 1 || operation.State is not (OperationState.Open or OperationState.Waiting))
                {
                    throw new TakenOverException();
                }

                var agent = await records.Registry.Agents.SingleAsync(a => a.Id == agentId, cancellation);
                (operation.Epoch, operation.State) = (epoch, OperationState.Open);
                operation.BeginVisit(agent.Id, agent.ComputerName, time.GetUtcNow());
                operation.HelpedBy(helper);
                await records.Registry.Save(What("RenewalResumed", operation, By(helper)), cancellation);
                return await records.Registry.OperationSteps.AsNoTracking().Where(s => s.OperationId == operationId).ToListAsync(cancellation);
            },
            cancellation);

    /// <summary>Any other change of the operation's card in the same manner.</summary>
    public Task<T> Change<T>(Func<Records, Operation, Task<(T Result, AuditEvent What)>> change, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var operation = await records.Registry.Operations.SingleAsync(o => o.Id == operationId, cancellation);
                if (operation.Epoch != epoch || operation.State != OperationState.Open)
                {
                    throw new TakenOverException();
                }

                operation.TouchedAt = time.GetUtcNow();
                var (result, what) = await change(records, operation);
                await records.Registry.Save(what, cancellation);
                return result;
            },
            cancellation);

    /// <summary>Who does it for the cardholder, as events say it.</summary>
    public static (string Name, string Value)[] By(Session? helper) =>
        helper is null ? [] : [("operator", helper.PersonUuid), ("operatorCard", $"{helper.SmartcardId:D}")];

    public static AuditEvent What(string kind, Operation operation, params (string Name, string Value)[] facts)
    {
        var all = facts.Append(("epoch", $"{operation.Epoch}"));
        return new AuditEvent
        {
            Kind = kind,
            OperationId = operation.Id,
            SmartcardId = operation.SmartcardId,
            PersonUuid = operation.PersonUuid,
            AgentId = operation.AgentId,
            Facts = (Steps.TryGetValue(kind, out var step) ? all.Append(("step", step)) : all).ToDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal),
        };
    }

    private async Task<string?> Supersede(Records records, Operation operation, OperationStep step, CancellationToken cancellation)
    {
        var old = await records.Registry.Credentials.SingleOrDefaultAsync(
            c => c.SmartcardId == operation.SmartcardId && c.KeyReference == step.KeyReference && c.Status == CredentialStatus.Current, cancellation);
        if (old is null)
        {
            return null;
        }

        old.Status = CredentialStatus.Superseded;
        await authority.Revoke(records.Authority, old.CertificateSerialNumber, RevocationReason.Superseded, cancellation);
        return old.CertificateSerialNumber;
    }

    private static Task<OperationStep> Load(Records records, OperationStep step) =>
        records.Registry.OperationSteps.SingleAsync(s => s.Id == step.Id && s.State == step.State);

    private void Set(OperationStep step, StepState state)
    {
        step.State = state;
        step.ChangedAt = time.GetUtcNow();
    }

    private static string Name(OperationStep step) => Name((KeyReference)step.KeyReference);

    private static string Name(KeyReference key) => ((byte)key).ToString("X2", System.Globalization.CultureInfo.InvariantCulture);
}
