using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Contacts;
using Evercard.Lifecycle.Greeting;
using Evercard.Lifecycle.Keys;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.LogIn;

/// <summary>How a log-in ended.</summary>
public abstract record LogInOutcome
{
    /// <param name="SessionSecret">64 hexadecimal digits, told to the agent alone; the registry keeps their hash.</param>
    /// <param name="Holder">The cardholder.</param>
    /// <param name="NotAfter">Expiry of the certificates.</param>
    /// <param name="DaysLeft">As people count them.</param>
    /// <param name="RenewalOffered">Inside the renewal window.</param>
    /// <param name="Roles">What the person may work as, the one used last first. A single one is chosen already.</param>
    /// <param name="SerialNumber">Printed on the card.</param>
    public sealed record LoggedIn(
        string SessionSecret, Person Holder, DateTimeOffset NotAfter, int DaysLeft, bool RenewalOffered, IReadOnlyList<RoleAtWork> Roles, string SerialNumber) : LogInOutcome;

    public sealed record Refused(Refusal Refusal) : LogInOutcome;
}

/// <summary>Step 1: the card signs the server's challenge with 9A; chain, validity, revocation, card and person decide.</summary>
public sealed class LogIn(Database database, CertificateAuthority authority, LifecycleOptions options, TimeProvider time)
{
    private sealed record Known(Smartcard Card, Person Holder, Credential? Current, Operation? Unfinished, AgentStatus? Computer, string? NewerCard);

    /// <param name="smartcardId">The card that the agent says it sees.</param>
    /// <param name="card">That card, bound to this log-in.</param>
    /// <param name="cancellation">Ends the log-in.</param>
    public async Task<LogInOutcome> Run(Guid smartcardId, ICard card, CancellationToken cancellation)
    {
        var known = await Find(smartcardId, card.Binding.AgentId, cancellation);
        if (known is null)
        {
            return await Refuse(null, card.Binding, Refusals.CardUnknown(), cancellation);
        }

        // Before the passcode is used: what will be refused anyway must not burn a try.
        if (RefuseUnseen(known) is { } refusal)
        {
            return await Refuse(known, card.Binding, refusal, cancellation);
        }

        try
        {
            return await Prove(known, card, cancellation) is { } no
                ? await Refuse(known, card.Binding, no, cancellation)
                : await Start(known, card.Binding, cancellation);
        }
        catch (CardConnectionException e)
        {
            return await Refuse(known, card.Binding, Refusals.CardLost(e.Failure, null), cancellation);
        }
    }

    /// <summary>Records a log-in that was refused as its card was greeted.</summary>
    public Task RecordRefusal(Guid? smartcardId, string agentId, Refusal refusal, CancellationToken cancellation) =>
        database.Write(
            records => records.Registry.Save(
                new AuditEvent { Kind = "LogInRefused", SmartcardId = smartcardId, AgentId = agentId, Facts = Fact("code", refusal.Code) }, cancellation),
            cancellation);

    /// <summary>What the registry knows a session by.</summary>
    public static string SessionId(string sessionSecret) =>
        Convert.ToHexString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(sessionSecret)));

    private Task<Known?> Find(Guid smartcardId, string agentId, CancellationToken cancellation) =>
        database.Read<Known?>(
            async records =>
            {
                var registry = records.Registry;
                if (await registry.Smartcards.SingleOrDefaultAsync(c => c.Id == smartcardId, cancellation) is not { } card)
                {
                    return null;
                }

                var current = await registry.Credentials.SingleOrDefaultAsync(
                    c => c.SmartcardId == card.Id && c.KeyReference == (byte)KeyReference.Authentication && c.Status == CredentialStatus.Current, cancellation);
                var open = await registry.Unfinished(card.Id, cancellation);
                var unfinished = open is not null && await registry.IsBegun(open.Id, cancellation) ? open : null;
                var computer = await registry.Agents.Where(a => a.Id == agentId).Select(a => (AgentStatus?)a.Status).SingleOrDefaultAsync(cancellation);
                var holder = await registry.People.SingleAsync(p => p.Uuid == card.PersonUuid, cancellation);
                return new(card, holder, current, unfinished, computer, await NewerCard.Of(registry, card, cancellation));
            },
            cancellation);

    private Refusal? RefuseUnseen(Known known) => known switch
    {
        { Computer: AgentStatus.Quarantined } => Refusals.AgentQuarantined(null),
        { Card.Status: SmartcardStatus.Cancelled } => Refusals.CardCancelled(known.Card, known.NewerCard, options.TimeZone),
        { Holder.Status: PersonStatus.Closed } => Refusals.ProfileClosed(known.Holder, options.TimeZone),
        { Current: null } => Unfinished(known) ?? Refusals.RepairNeeded(null),
        _ when time.GetUtcNow() > known.Current.NotAfter => Unfinished(known) ?? Refusals.CardExpired(known.Current.NotAfter, options.TimeZone),
        _ => null,
    };

    private async Task<Refusal?> Prove(Known known, ICard card, CancellationToken cancellation)
    {
        var current = known.Current!;
        var nonce = RandomNumberGenerator.GetBytes(32);
        var reply = await card.Run(
            new CardScript("log in",
            [
                new CardStep.Raw(PivCommands.Select()),
                new CardStep.Raw(PivCommands.GetData(DataObject.Chuid), AnyStatus: true),
                new CardStep.Raw(PivCommands.GetData(DataObject.AuthenticationCertificate), AnyStatus: true),
                new CardStep.Prove(KeyReference.Authentication, (PivAlgorithm)current.Algorithm, nonce, ProofPurpose.LogIn, Tolerant: true),
            ]),
            cancellation);
        if (reply.Failure is { } failure && reply.Answers.Count < 4)
        {
            throw new CardConnectionException(failure, "The card was lost during the log-in.");
        }

        var answers = reply.Answers;
        if (answers.Count < 4 || !DataObjectAnswer.TryRead(new ResponseApdu(answers[1].Data, answers[1].Status), DataObject.Chuid, out var chuid))
        {
            return Refusals.CardUnreadable();
        }

        if (!chuid.Span.SequenceEqual(known.Card.Chuid))
        {
            return Refusals.CardUnknown();
        }

        if (PasscodeCheck.Of(answers[3]).Refuse(known.Card) is { } unverified)
        {
            return unverified;
        }

        var statement = new ProofStatement(card.Binding, ProofPurpose.LogIn, KeyReference.Authentication, ProofStatement.NoKeyHash, nonce);
        if (answers[3].Status.IsSuccess && known.Unfinished is null && !statement.IsSignedBy(current.PublicKey, answers[3].Data))
        {
            await new OldKeyAlarm(database, authority).Raise(
                current, publicKey => statement.IsSignedBy(publicKey, answers[3].Data), card.Binding.AgentId, cancellation);
            return Refusals.RepairNeeded(null);
        }

        if (!answers[3].Status.IsSuccess || !statement.IsSignedBy(current.PublicKey, answers[3].Data)
            || !DataObjectAnswer.TryRead(new ResponseApdu(answers[2].Data, answers[2].Status), DataObject.AuthenticationCertificate, out var contents)
            || !CertificateObject.TryDecode(contents, out var certificate)
            || !certificate.AsSpan().SequenceEqual(current.Certificate))
        {
            return Unfinished(known) ?? Refusals.RepairNeeded(null);
        }

        var standing = await database.Read(r => authority.StandingOf(r.Authority, current.Certificate, cancellation), cancellation);
        return standing == CertificateStanding.Good ? null : Refusals.CertificateRevoked();
    }

    private Refusal? Unfinished(Known known) => known.Unfinished switch
    {
        { Act: Act.Renewal } late when late.FinishBy < time.GetUtcNow() && known.Current?.NotAfter < time.GetUtcNow() => Refusals.RenewalTooLate(late.Reference),
        { Act: Act.Renewal } renewal => Refusals.RenewalUnfinished(renewal.ComputerName, renewal.TouchedAt, options.TimeZone, renewal.Reference),
        { Act: Act.Issuance } issuance => Refusals.IssuanceUnfinished(issuance.Reference),
        { Act: Act.Repair } repair => Refusals.RepairUnfinished(repair.TouchedAt, options.TimeZone, repair.Reference),
        _ => null,
    };

    private Task<LogInOutcome> Start(Known known, ActBinding binding, CancellationToken cancellation) =>
        database.Write<LogInOutcome>(
            async records =>
            {
                var now = time.GetUtcNow();
                var secret = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
                var roles = await RolesAtWork.Of(records.Registry, known.Holder.Uuid, cancellation);
                records.Registry.Sessions.Add(new Session
                {
                    Id = SessionId(secret),
                    PersonUuid = known.Holder.Uuid,
                    SmartcardId = known.Card.Id,
                    AgentId = binding.AgentId,
                    StartedAt = now,
                    RoleProfileId = roles is [var only] ? only.Id : null,
                });
                await records.Registry.Save(Event("LoggedIn", known, binding, Fact("certificate", known.Current!.CertificateSerialNumber)), cancellation);
                var notAfter = known.Current.NotAfter;
                return new LogInOutcome.LoggedIn(
                    secret,
                    known.Holder,
                    notAfter,
                    Expiry.DaysLeft(now, notAfter, options.TimeZone),
                    now >= Expiry.WindowOpens(notAfter, options.RenewalWindowDays, options.TimeZone),
                    roles,
                    known.Card.SerialNumber);
            },
            cancellation);

    private Task<LogInOutcome> Refuse(Known? known, ActBinding binding, Refusal refusal, CancellationToken cancellation) =>
        database.Write<LogInOutcome>(
            async records =>
            {
                await records.Registry.Save(Event("LogInRefused", known, binding, Fact("code", refusal.Code)), cancellation);
                return new LogInOutcome.Refused(await refusal.WithHelp(records.Registry, known?.Holder.Uuid, cancellation));
            },
            cancellation);

    private static AuditEvent Event(string kind, Known? known, ActBinding binding, Dictionary<string, string> facts) => new()
    {
        Kind = kind,
        SmartcardId = known?.Card.Id,
        PersonUuid = known?.Holder.Uuid,
        AgentId = binding.AgentId,
        Facts = facts,
    };

    private static Dictionary<string, string> Fact(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
}
