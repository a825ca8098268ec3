using System.Security.Cryptography;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.Lifecycle.Contacts;
using Evercard.Lifecycle.Keys;
using Evercard.Lifecycle.Notifications;
using Evercard.Registry.Audit;

namespace Evercard.Lifecycle.PasscodeChange;

/// <summary>
/// A cardholder who is logged in chooses another passcode. Both passcodes stay at the agent. The card proves itself with the
/// present one first; only then is it told to take the new one.
/// </summary>
public sealed class PasscodeChange(Database database, LifecycleOptions options, TimeProvider time)
{
    private const string Unchanged = "Your passcode has not changed. Put the smartcard back, then try again.";
    private const string TryTheNewOne = "Try the new passcode first. If it is not right, the old one still holds.";

    /// <param name="smartcardId">The card that the agent says it sees.</param>
    /// <param name="sessionId">The log-in, as the registry knows it.</param>
    /// <param name="card">That card, bound to this act.</param>
    /// <param name="cancellation">Ends the act before the card is told to change anything.</param>
    public async Task<PasscodeChangeOutcome> Run(Guid smartcardId, string sessionId, ICard card, CancellationToken cancellation)
    {
        var asked = await database.Read(r => PasscodeChangeRequest.Find(r.Registry, smartcardId, sessionId, card.Binding.AgentId, cancellation), cancellation);
        if (asked is null)
        {
            return await End(null, card.Binding.AgentId, Refusals.CardUnknown());
        }

        if (asked.Refuse(options, time.GetUtcNow()) is { } no)
        {
            return await End(asked, card.Binding.AgentId, no);
        }

        try
        {
            if (await Prove(asked, card, cancellation) is { } unproven)
            {
                return await End(asked, card.Binding.AgentId, unproven);
            }
        }
        catch (CardConnectionException e)
        {
            return await End(asked, card.Binding.AgentId, Lost(e.Failure, isUnsure: false));
        }

        try
        {
            return await End(asked, card.Binding.AgentId, await Change(asked, card));
        }
        catch (CardConnectionException e)
        {
            // No reply came: the card may have changed it. An agent that was busy with the card ran nothing.
            return await End(asked, card.Binding.AgentId, Lost(e.Failure, isUnsure: e.Failure != CardConnectionFailure.Busy));
        }
    }

    /// <summary>Records one that was refused before the card was looked up.</summary>
    public Task RecordRefusal(Guid? smartcardId, string agentId, Refusal refusal, CancellationToken cancellation) =>
        database.Write(
            records => records.Registry.Save(
                new AuditEvent { Kind = "PasscodeChangeRefused", SmartcardId = smartcardId, AgentId = agentId, Facts = Facts(refusal) }, cancellation),
            cancellation);

    /// <summary>This card, and this passcode. A wrong one burns its try here, before anything is changed.</summary>
    private static async Task<Refusal?> Prove(PasscodeChangeRequest asked, ICard card, CancellationToken cancellation)
    {
        var (credential, nonce) = (asked.Proof!, RandomNumberGenerator.GetBytes(32));
        var key = (KeyReference)credential.KeyReference;
        var reply = await card.Run(
            new CardScript("prove before the passcode is changed",
            [
                new CardStep.Raw(PivCommands.Select()),
                new CardStep.Raw(PivCommands.GetData(DataObject.Chuid), AnyStatus: true),
                new CardStep.Prove(key, (PivAlgorithm)credential.Algorithm, nonce, ProofPurpose.Observe, Tolerant: true),
            ]),
            cancellation);
        if (reply.Failure is { } failure && reply.Answers.Count < 3)
        {
            throw new CardConnectionException(failure, "The card was lost before the passcode was changed.");
        }

        var answers = reply.Answers;
        if (answers.Count < 3 || !DataObjectAnswer.TryRead(new ResponseApdu(answers[1].Data, answers[1].Status), DataObject.Chuid, out var chuid))
        {
            return Refusals.CardUnreadable();
        }

        if (!chuid.Span.SequenceEqual(asked.Card.Chuid))
        {
            return Refusals.CardUnknown();
        }

        var statement = new ProofStatement(card.Binding, ProofPurpose.Observe, key, ProofStatement.NoKeyHash, nonce);
        return PasscodeCheck.Of(answers[2]).Refuse(asked.Card)
            ?? (answers[2].Status.IsSuccess && statement.IsSignedBy(credential.PublicKey, answers[2].Data) ? null : Refusals.RepairNeeded(null));
    }

    /// <summary>SELECT again: another program may have chosen another application, which must not be told a passcode.</summary>
    /// <returns>Null where the card has the new passcode.</returns>
    private static async Task<Refusal?> Change(PasscodeChangeRequest asked, ICard card)
    {
        // Nobody may turn away from here on: what the card did must be told.
        var reply = await card.Run(
            new CardScript("change the passcode", [new CardStep.Raw(PivCommands.Select()), new CardStep.ChangePasscode()]), CancellationToken.None);
        return reply switch
        {
            { Answers.Count: > 1 } => OfAnswer(reply.Answers[1].Status, asked),
            { Failure: { } failure } => Lost(failure, isUnsure: reply.Answers.Count == 1),
            _ => Refusals.CardUnreadable(),
        };
    }

    /// <summary>SP 800-73-5 part 2, 3.2.2: whatever is not 9000 leaves the passcode as it was.</summary>
    private static Refusal? OfAnswer(StatusWord status, PasscodeChangeRequest asked) => status switch
    {
        { IsSuccess: true } => null,
        { TriesLeft: 0 } => Refusals.CardLocked(asked.Card),
        { TriesLeft: { } left } => Refusals.PasscodeWrong(left),
        _ when status == StatusWord.SecurityStatusNotSatisfied => Refusals.PasscodeNeeded(),
        _ => Refusals.PasscodeRefused(),
    };

    /// <param name="failure">How the way to the card failed.</param>
    /// <param name="isUnsure">CHANGE REFERENCE DATA was on its way: nobody knows which passcode holds.</param>
    private static Refusal Lost(CardConnectionFailure failure, bool isUnsure)
    {
        var refusal = Refusals.CardLost(failure, null);
        return isUnsure ? refusal with { NextStep = TryTheNewOne }
            : failure is CardConnectionFailure.Removed or CardConnectionFailure.ReaderGone ? refusal with { NextStep = Unchanged }
            : refusal;
    }

    private Task<PasscodeChangeOutcome> End(PasscodeChangeRequest? asked, string agentId, Refusal? refusal) =>
        database.Write<PasscodeChangeOutcome>(
            async records =>
            {
                var told = refusal is not null ? null : await CardholderNotifications.Add(
                    records.Registry, new ToldAct(ToldAct.PasscodeChange, asked!.Card.Id, asked.Card.PersonUuid, agentId), options, time.GetUtcNow(), CancellationToken.None);
                await records.Registry.Save(
                    new AuditEvent
                    {
                        Kind = refusal is null ? "PasscodeChanged" : "PasscodeChangeRefused",
                        SmartcardId = asked?.Card.Id,
                        PersonUuid = asked?.Card.PersonUuid,
                        AgentId = agentId,
                        Facts = refusal is null ? new Dictionary<string, string>(StringComparer.Ordinal) { [CardholderNotifications.Told] = told! } : Facts(refusal),
                    },
                    CancellationToken.None);
                return refusal is null
                    ? new PasscodeChangeOutcome.Changed()
                    : new PasscodeChangeOutcome.Refused(await refusal.WithHelp(records.Registry, asked?.Card.PersonUuid, CancellationToken.None));
            },
            CancellationToken.None);

    private static Dictionary<string, string> Facts(Refusal refusal) =>
        new(StringComparer.Ordinal) { ["code"] = refusal.Code, ["changed"] = refusal.NextStep == TryTheNewOne ? "perhaps" : "no" };
}
