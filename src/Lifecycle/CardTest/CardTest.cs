using System.Security.Cryptography;
using Evercard.Authority;
using Evercard.Authority.Issuing;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Contacts;
using Evercard.Lifecycle.Keys;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.Audit;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.CardTest;

/// <summary>What a test of a smartcard found.</summary>
public abstract record CardTestOutcome
{
    /// <param name="LogIn">9A signed, and its certificate is on the card.</param>
    /// <param name="Signature">9C signed, and its certificate is on the card.</param>
    /// <param name="Accepted">Both certificates are valid now, issued here and not revoked.</param>
    public sealed record Tested(bool LogIn, bool Signature, bool Accepted) : CardTestOutcome
    {
        public bool Works => LogIn && Signature && Accepted;
    }

    public sealed record Refused(Refusal Refusal) : CardTestOutcome;
}

/// <summary>«Test this smartcard»: the cardholder's card signs with both keys at the desk of whoever manages it. It changes nothing, and logs nobody in or out.</summary>
public sealed class CardTest(Database database, CertificateAuthority authority, RoleTable roles, LifecycleOptions options, TimeProvider time)
{
    private static readonly KeyReference[] Keys = [KeyReference.Authentication, KeyReference.Signature];

    /// <param name="smartcardId">The card that the agent says it sees.</param>
    /// <param name="sessionId">The operator's log-in.</param>
    /// <param name="card">That card, bound to this test.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<CardTestOutcome> Run(Guid smartcardId, string sessionId, ICard card, CancellationToken cancellation)
    {
        var (smartcard, credentials, refusal) = await database.Read(records => Find(records, smartcardId, sessionId, card.Binding.AgentId, cancellation), cancellation);
        if (refusal is not null)
        {
            return await Refuse(smartcard, card.Binding.AgentId, refusal, cancellation);
        }

        try
        {
            return await Prove(smartcard!, credentials, sessionId, card, cancellation);
        }
        catch (CardConnectionException e)
        {
            return await Refuse(smartcard, card.Binding.AgentId, Refusals.CardLost(e.Failure, null), cancellation);
        }
    }

    private async Task<(Smartcard? Card, List<Credential> Credentials, Refusal? Refusal)> Find(
        Records records, Guid smartcardId, string sessionId, string agentId, CancellationToken cancellation)
    {
        var registry = records.Registry;
        var session = await registry.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.AgentId == agentId, cancellation);
        var role = await registry.RoleProfiles.SingleOrDefaultAsync(r => r.Id == (session == null ? null : session.RoleProfileId), cancellation);
        var card = await registry.Smartcards.SingleOrDefaultAsync(c => c.Id == smartcardId, cancellation);
        var credentials = await registry.Credentials.Where(c => c.SmartcardId == smartcardId && c.Status == CredentialStatus.Current).ToListAsync(cancellation);
        return (card, credentials, session?.IsLive(time.GetUtcNow(), options.SessionAtMost) != true ? Refusals.LoggedOut(session, options.TimeZone)
            : !roles.Allows(role?.RoleCode, RolePermission.ManageSmartcard) ? Refusals.PermissionNone(RolePermission.ManageSmartcard, null)
            : card is null ? Refusals.CardUnknown()
            : credentials.Count == 0 ? Refusals.RepairNeeded(null)
            : null);
    }

    private async Task<CardTestOutcome> Prove(Smartcard smartcard, List<Credential> credentials, string sessionId, ICard card, CancellationToken cancellation)
    {
        Credential?[] current = [.. Keys.Select(key => credentials.Find(c => c.KeyReference == (byte)key))];
        var proofs = Keys.Zip(current).Where(one => one.Second is not null)
            .Select(one => new CardStep.Prove(one.First, (PivAlgorithm)one.Second!.Algorithm, RandomNumberGenerator.GetBytes(32), ProofPurpose.Observe, Tolerant: true)).ToList();
        CardStep[] reads =
        [
            new CardStep.Raw(PivCommands.Select()),
            new CardStep.Raw(PivCommands.GetData(DataObject.Chuid), AnyStatus: true),
            .. Keys.Select(key => new CardStep.Raw(PivCommands.GetData(DataObject.CertificateOf(key)), AnyStatus: true)),
        ];
        var reply = await card.Run(new CardScript("test", [.. reads, .. proofs]), cancellation);
        if (reply.Failure is { } failure && reply.Answers.Count < reads.Length + proofs.Count)
        {
            throw new CardConnectionException(failure, "The card was lost during the test.");
        }

        if (reply.Answers.Count < reads.Length + 1 || Read(reply.Answers[1], DataObject.Chuid) is not { } chuid)
        {
            return await Refuse(smartcard, card.Binding.AgentId, Refusals.CardUnreadable(), cancellation);
        }

        var passcode = chuid.Span.SequenceEqual(smartcard.Chuid) ? PasscodeCheck.Of(reply.Answers[reads.Length]).Refuse(smartcard) : Refusals.CardUnknown();
        if (passcode is not null)
        {
            return await Refuse(smartcard, card.Binding.AgentId, passcode, cancellation);
        }

        var signed = Keys.Select((key, i) => current[i] is { } credential
            && Read(reply.Answers[2 + i], DataObject.CertificateOf(key)) is { } contents
            && CertificateObject.TryDecode(contents, out var certificate) && certificate.AsSpan().SequenceEqual(credential.Certificate)
            && proofs.FindIndex(one => one.Key == key) is var at && reads.Length + at < reply.Answers.Count
            && reply.Answers[reads.Length + at] is { Status.IsSuccess: true } answer
            && new ProofStatement(card.Binding, ProofPurpose.Observe, key, ProofStatement.NoKeyHash, proofs[at].Nonce).IsSignedBy(credential.PublicKey, answer.Data)).ToList();
        return await Record(smartcard, credentials, sessionId, card.Binding.AgentId, signed[0], signed[1], cancellation);
    }

    private Task<CardTestOutcome> Record(
        Smartcard smartcard, List<Credential> credentials, string sessionId, string agentId, bool logIn, bool signature, CancellationToken cancellation) =>
        database.Write<CardTestOutcome>(
            async records =>
            {
                var accepted = credentials.Count == Keys.Length && credentials.TrueForAll(c => c.NotAfter > time.GetUtcNow());
                foreach (var credential in credentials)
                {
                    accepted &= await authority.StandingOf(records.Authority, credential.Certificate, cancellation) == CertificateStanding.Good;
                }

                var session = await records.Registry.Sessions.SingleAsync(s => s.Id == sessionId, cancellation);
                await records.Registry.Save(
                    What("SmartcardTested", smartcard, agentId, ("logIn", Word(logIn)), ("signature", Word(signature)), ("accepted", Word(accepted)), ("operator", session.PersonUuid)), cancellation);
                return new CardTestOutcome.Tested(logIn, signature, accepted);
            },
            cancellation);

    private Task<CardTestOutcome> Refuse(Smartcard? smartcard, string agentId, Refusal refusal, CancellationToken cancellation) =>
        database.Write<CardTestOutcome>(
            async records =>
            {
                await records.Registry.Save(What("SmartcardTestRefused", smartcard, agentId, ("code", refusal.Code)), cancellation);
                return new CardTestOutcome.Refused(await refusal.WithHelp(records.Registry, smartcard?.PersonUuid, cancellation));
            },
            cancellation);

    private static ReadOnlyMemory<byte>? Read(StepAnswer answer, DataObject which) =>
        DataObjectAnswer.TryRead(new ResponseApdu(answer.Data, answer.Status), which, out var contents) ? contents : null;

    private static string Word(bool isSo) => isSo ? "yes" : "no";

    private static AuditEvent What(string kind, Smartcard? card, string agentId, params (string Name, string Value)[] facts) => new()
    {
        Kind = kind, SmartcardId = card?.Id, PersonUuid = card?.PersonUuid, AgentId = agentId, Facts = facts.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal),
    };
}
