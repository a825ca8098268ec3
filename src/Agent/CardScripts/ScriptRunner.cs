using System.Security.Cryptography;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Readers;
using Evercard.Cards.Scripts;

namespace Evercard.Agent.CardScripts;

/// <summary>
/// Runs card scripts without a pause, one transaction each, and fills in the symbolic steps: passcode, proof, reset.
/// What may run is decided before (<see cref="CommandFilter"/>).
/// </summary>
/// <param name="connection">Stays open.</param>
/// <param name="binding">What proofs are bound to; the server's origin is the one the agent is pinned to.</param>
/// <param name="passcode">The present passcode; zeroed at once where the card refuses it.</param>
/// <param name="chosen">The passcode to set, where the act sets one.</param>
/// <param name="time">Measures the card's time.</param>
public sealed class ScriptRunner(ICardConnection connection, ActBinding binding, HeldPasscode? passcode, HeldPasscode? chosen, TimeProvider time)
{
    /// <summary>The answers to the first unexpected one, or to the failure of the way to the card. Blocks while the card works.</summary>
    public ScriptReply Run(CardScript script)
    {
        var timed = new TimedConnection(connection, time);
        var keyHashes = new Dictionary<KeyReference, ReadOnlyMemory<byte>>();
        var answers = new List<StepAnswer>();
        CardConnectionFailure? failure = null;
        try
        {
            using var alone = timed.BeginTransaction();
            foreach (var step in script.Steps)
            {
                var answer = Run(timed, step, keyHashes);
                answers.Add(answer);
                if (!IsExpected(step, answer))
                {
                    break;
                }
            }
        }
        catch (CardConnectionException e)
        {
            failure = e.Failure;
            if (failure is CardConnectionFailure.Removed or CardConnectionFailure.ReaderGone)
            {
                passcode?.Zero();
                chosen?.Zero();
            }
        }

        return new ScriptReply(answers, failure, timed.CardTime);
    }

    /// <summary>A tolerant proof forgives what came after VERIFY, never VERIFY.</summary>
    public static bool IsExpected(CardStep step, StepAnswer answer) =>
        answer.Status.IsSuccess || step is CardStep.Raw { AnyStatus: true } || (step is CardStep.Prove { Tolerant: true } && answer.PasscodeVerified);

    private StepAnswer Run(TimedConnection card, CardStep step, Dictionary<KeyReference, ReadOnlyMemory<byte>> keyHashes)
    {
        switch (step)
        {
            case CardStep.Raw raw:
                var response = CommandChaining.Transmit(card, raw.Command);
                if (raw.Command.Ins == PivInstruction.GenerateAsymmetricKeyPair && response.Status.IsSuccess)
                {
                    keyHashes[(KeyReference)raw.Command.P2] = GeneratedKey.Hash(raw.Command, response.Data);
                }

                return new StepAnswer(response.Status, response.Data);
            case CardStep.VerifyPasscode:
                return new StepAnswer(Verify(card), default);
            case CardStep.SetPasscode or CardStep.ChangePasscode when chosen is null:
                return new StepAnswer(StatusWord.SecurityStatusNotSatisfied, default);
            case CardStep.SetPasscode set:
                return new StepAnswer(Send(card, set.Puk, null, chosen, PivCommands.ResetRetryCounter), default);
            case CardStep.ChangePasscode:
                var changed = Send(card, default, passcode, chosen, static (present, next) =>
                    PivCommands.ChangeReferenceData(ReferenceData.Passcode, present, next));
                return new StepAnswer(ZeroUnless(changed), default);
            case CardStep.Prove prove:
                return Prove(card, prove, keyHashes.GetValueOrDefault(prove.Key, ProofStatement.NoKeyHash));
            case CardStep.Reset:
                card.Reset();
                var selected = CommandChaining.Transmit(card, PivCommands.Select());
                return new StepAnswer(selected.Status, selected.Data);
            default:
                throw new InvalidOperationException($"No such step: {step}.");
        }
    }

    private StepAnswer Prove(TimedConnection card, CardStep.Prove prove, ReadOnlyMemory<byte> keyHash)
    {
        // All computing is done before VERIFY: with 9C nothing may stand between VERIFY and GENERAL AUTHENTICATE.
        var statement = new ProofStatement(binding, prove.Purpose, prove.Key, keyHash, prove.Nonce);
        var sign = PivCommands.Sign(prove.Key, prove.Algorithm, SignatureInput.For(prove.Algorithm, statement.Digest(prove.Algorithm)));
        var verified = Verify(card);
        if (!verified.IsSuccess)
        {
            return new StepAnswer(verified, default);
        }

        var answer = CommandChaining.Transmit(card, sign);
        return DynamicAuthentication.TryReadResponse(answer.Data, out var signature)
            ? new StepAnswer(answer.Status, signature, PasscodeVerified: true)
            : new StepAnswer(answer.Status, default, PasscodeVerified: true);
    }

    private StatusWord Verify(TimedConnection card) =>
        ZeroUnless(Send(card, default, passcode, null, static (present, _) => PivCommands.Verify(present)));

    /// <summary>A passcode that the card refused is never sent again.</summary>
    private StatusWord ZeroUnless(StatusWord status)
    {
        if (!status.IsSuccess)
        {
            passcode?.Zero();
        }

        return status;
    }

    private delegate CommandApdu Make(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>Sends a command that carries secrets and zeroes every copy. A passcode held no more answers "security status not satisfied".</summary>
    private static StatusWord Send(TimedConnection card, ReadOnlyMemory<byte> puk, HeldPasscode? first, HeldPasscode? second, Make make)
    {
        Span<byte> buffer = stackalloc byte[2 * PasscodeFormat.BlockLength];
        var head = buffer[..PasscodeFormat.BlockLength];
        var tail = buffer[PasscodeFormat.BlockLength..];
        CommandApdu? command = null;
        try
        {
            puk.Span.CopyTo(head);
            if ((puk.IsEmpty && first?.TryCopyTo(head) != true) || (second is not null && !second.TryCopyTo(tail)))
            {
                return StatusWord.SecurityStatusNotSatisfied;
            }

            command = make(head, tail);
            return CommandChaining.Transmit(card, command).Status;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
            command?.ZeroData();
        }
    }
}
