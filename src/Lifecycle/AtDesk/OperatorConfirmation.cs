using System.Security.Cryptography;
using System.Text;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Piv.Objects;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Contacts;
using Evercard.Lifecycle.Keys;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.AtDesk;

/// <summary>
/// The operator's own card signs that this act, on this card, for this person, is wanted (DESIGN 5): a session alone, which a
/// browser could be made to use, changes no card. Signature and statement stay with the operation.
/// </summary>
public sealed class OperatorConfirmation(Database database, LifecycleOptions options, TimeProvider time)
{
    private sealed record Asked(Operation Operation, Smartcard OperatorCard, Credential? Current);

    /// <param name="operationId">The act that is confirmed.</param>
    /// <param name="sessionId">The operator's log-in.</param>
    /// <param name="smartcardId">The card that the agent says it sees in the operator's reader.</param>
    /// <param name="card">That card, bound to the operation.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null where it is confirmed.</returns>
    public async Task<Refusal?> Run(Guid operationId, string sessionId, Guid smartcardId, ICard card, CancellationToken cancellation)
    {
        var asked = await database.Read(records => Find(records, operationId, sessionId, card.Binding.AgentId, cancellation), cancellation);
        var refusal = asked is null ? Refusals.LinkExpired()
            : asked.OperatorCard.Id != smartcardId ? Refusals.NotYourCard()
            : asked.Current is null ? Refusals.RepairNeeded(null)
            : null;
        if (refusal is not null)
        {
            return await Refuse(asked, card.Binding.AgentId, refusal, cancellation);
        }

        try
        {
            var (no, statement, signature) = await Prove(asked!, card, cancellation);
            return no is not null ? await Refuse(asked, card.Binding.AgentId, no, cancellation) : await Record(asked!, statement!, signature, cancellation);
        }
        catch (CardConnectionException e)
        {
            return await Refuse(asked, card.Binding.AgentId, Refusals.CardLost(e.Failure, null), cancellation);
        }
    }

    /// <summary>
    /// What is signed over besides server, agent and operation: act, card and person. The rest is 32 random bytes, so that no two are alike.
    /// </summary>
    internal static byte[] Nonce(Operation operation, ReadOnlySpan<byte> random) => SHA256.HashData(
        [.. Encoding.UTF8.GetBytes($"Evercard confirmation 1\n{operation.Act}\n{operation.SmartcardId:D}\n{operation.PersonUuid}\n"), .. random]);

    private static async Task<Asked?> Find(Records records, Guid operationId, string sessionId, string agentId, CancellationToken cancellation)
    {
        var registry = records.Registry;
        if (await registry.Operations.SingleOrDefaultAsync(
            o => o.Id == operationId && o.State == OperationState.Open && o.OperatorSessionId == sessionId && o.AgentId == agentId, cancellation) is not { } operation)
        {
            return null;
        }

        var card = await registry.Smartcards.SingleAsync(c => c.Id == operation.OperatorSmartcardId, cancellation);
        var current = await registry.Credentials.SingleOrDefaultAsync(
            c => c.SmartcardId == card.Id && c.KeyReference == (byte)KeyReference.Authentication && c.Status == CredentialStatus.Current, cancellation);
        return new Asked(operation, card, current);
    }

    private static async Task<(Refusal? Refusal, ProofStatement? Statement, ReadOnlyMemory<byte> Signature)> Prove(Asked asked, ICard card, CancellationToken cancellation)
    {
        var nonce = Nonce(asked.Operation, RandomNumberGenerator.GetBytes(32));
        var reply = await card.Run(
            new CardScript("confirm",
            [
                new CardStep.Raw(PivCommands.Select()),
                new CardStep.Raw(PivCommands.GetData(DataObject.Chuid), AnyStatus: true),
                new CardStep.Prove(KeyReference.Authentication, (PivAlgorithm)asked.Current!.Algorithm, nonce, ProofPurpose.Confirm, Tolerant: true),
            ]),
            cancellation);
        if (reply.Failure is { } failure && reply.Answers.Count < 3)
        {
            throw new CardConnectionException(failure, "The card was lost during the confirmation.");
        }

        if (reply.Answers is not [_, var chuidAnswer, var proof] || !DataObjectAnswer.TryRead(new ResponseApdu(chuidAnswer.Data, chuidAnswer.Status), DataObject.Chuid, out var chuid))
        {
            return (Refusals.CardUnreadable(), null, default);
        }

        var statement = new ProofStatement(card.Binding, ProofPurpose.Confirm, KeyReference.Authentication, ProofStatement.NoKeyHash, nonce);
        var refusal = !chuid.Span.SequenceEqual(asked.OperatorCard.Chuid)
            ? Refusals.NotYourCard()
            : PasscodeCheck.Of(proof).Refuse(asked.OperatorCard)
                ?? (proof.Status.IsSuccess && statement.IsSignedBy(asked.Current.PublicKey, proof.Data) ? null : Refusals.RepairNeeded(null));
        return (refusal, statement, proof.Data);
    }

    private Task<Refusal?> Record(Asked asked, ProofStatement statement, ReadOnlyMemory<byte> signature, CancellationToken cancellation) =>
        database.Write<Refusal?>(
            async records =>
            {
                var registry = records.Registry;
                var now = time.GetUtcNow();
                var operation = await registry.Operations.SingleAsync(o => o.Id == asked.Operation.Id, cancellation);
                var session = await registry.Sessions.SingleAsync(s => s.Id == operation.OperatorSessionId, cancellation);
                var isOver = operation.Epoch != asked.Operation.Epoch || operation.State != OperationState.Open ? Refusals.LinkExpired()
                    : session.IsLive(now, options.SessionAtMost) ? null : Refusals.LoggedOut(session, options.TimeZone);
                if (isOver is not null)
                {
                    await registry.Save(What($"{operation.Act}ConfirmationRefused", operation, operation.AgentId, isOver.Code), cancellation);
                    return isOver;
                }

                (operation.ConfirmedAt, operation.ConfirmationStatement, operation.ConfirmationSignature) = (now, statement.Encode(), signature.ToArray());
                operation.TouchedAt = now;
                await registry.Save(What($"{operation.Act}Confirmed", operation, operation.AgentId, null), cancellation);
                return null;
            },
            cancellation);

    private Task<Refusal?> Refuse(Asked? asked, string agentId, Refusal refusal, CancellationToken cancellation) =>
        database.Write<Refusal?>(
            async records =>
            {
                await records.Registry.Save(What($"{asked?.Operation.Act ?? Act.Repair}ConfirmationRefused", asked?.Operation, agentId, refusal.Code), cancellation);
                return await refusal.WithHelp(records.Registry, asked?.Operation.OperatorUuid, cancellation);
            },
            cancellation);

    private static AuditEvent What(string kind, Operation? operation, string agentId, string? code)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["operator"] = operation?.OperatorUuid ?? "unknown" };
        if (code is not null)
        {
            facts["code"] = code;
        }

        return new AuditEvent
        {
            Kind = kind, OperationId = operation?.Id, SmartcardId = operation?.SmartcardId, PersonUuid = operation?.PersonUuid, AgentId = agentId, Facts = facts,
        };
    }
}
