using Evercard.Agent.CardScripts;
using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>What is done at the desk of somebody who manages other people's smartcards: the card of the log-in is in one reader, theirs in another.</summary>
public sealed partial class IdentityAgent
{
    /// <summary>Confirms one act on another person's card with the operator's own.</summary>
    /// <param name="sessionId">The operator's session.</param>
    /// <param name="operationId">The act.</param>
    /// <param name="passcode">The operator's, for this alone: zeroed when it returns.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<AgentOutcome<ActConfirmed>> Confirm(string sessionId, string operationId, HeldPasscode passcode, CancellationToken cancellation)
    {
        if (sessions.Find(sessionId) is not { SuspendedAt: null } own)
        {
            passcode.Dispose();
            return new AgentOutcome<ActConfirmed>.Refused(AgentRefusals.CardRemoved);
        }

        var outcome = await cardActs.Run<ActConfirmed>(
            new ActAsked(CardAct.Confirmation, own.Reader, own.Insertion, passcode), id => new ConfirmAct(id, sessionId, own.Reader, operationId), null, cancellation);
        Tried(own.Reader, outcome);
        Changed?.Invoke(this, EventArgs.Empty);
        return outcome;
    }

    /// <summary>Lets both keys of the card in this reader sign; nothing is changed.</summary>
    /// <param name="sessionId">The operator's session.</param>
    /// <param name="reader">The reader with the cardholder's card.</param>
    /// <param name="passcode">The cardholder's, for this alone: zeroed when it returns.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="insertion">That of the card that the cardholder was told of.</param>
    public async Task<AgentOutcome<CardTested>> Test(string sessionId, string reader, HeldPasscode passcode, CancellationToken cancellation, int? insertion = null)
    {
        var outcome = await cardActs.Run<CardTested>(
            new ActAsked(CardAct.Test, reader, insertion, passcode), id => new TestCard(id, sessionId, reader), null, cancellation);
        Tried(reader, outcome);
        Changed?.Invoke(this, EventArgs.Empty);
        return outcome;
    }

    /// <summary>Repairs the card in this reader: the cardholder chose a passcode for it.</summary>
    /// <param name="sessionId">The operator's session.</param>
    /// <param name="operationId">The repair that the operator confirmed.</param>
    /// <param name="reader">The reader with the cardholder's card.</param>
    /// <param name="chosen">For this act alone: zeroed when it returns.</param>
    /// <param name="progress">Told the steps of docs/renewal.md.</param>
    /// <param name="cancellation">Leaves the act to be finished later.</param>
    /// <param name="insertion">That of the card that the cardholder was told of.</param>
    public async Task<AgentOutcome<ActCompleted>> Repair(
        string sessionId, string operationId, string reader, HeldPasscode chosen, IProgress<Progress>? progress, CancellationToken cancellation, int? insertion = null)
    {
        var outcome = await cardActs.Run<ActCompleted>(
            new ActAsked(CardAct.Repair, reader, insertion, chosen.Copy(), chosen),
            id => new Repair(id, sessionId, reader, operationId),
            new ToldProgress(step => Told(reader, step, progress)),
            cancellation);
        Tried(reader, outcome);
        Changed?.Invoke(this, EventArgs.Empty);
        return outcome;
    }

    /// <summary>Sets another passcode on the card in this reader without the old one: the cardholder chose it.</summary>
    /// <param name="sessionId">The operator's session.</param>
    /// <param name="operationId">The unlock that the operator confirmed.</param>
    /// <param name="reader">The reader with the cardholder's card.</param>
    /// <param name="chosen">For this act alone: zeroed when it returns.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="insertion">That of the card that the cardholder was told of.</param>
    public async Task<AgentOutcome<PasscodeChanged>> Unlock(
        string sessionId, string operationId, string reader, HeldPasscode chosen, CancellationToken cancellation, int? insertion = null)
    {
        var outcome = await cardActs.Run<PasscodeChanged>(
            new ActAsked(CardAct.Unlock, reader, insertion, chosen.Copy(), chosen), id => new Unlock(id, sessionId, reader, operationId), null, cancellation);
        Tried(reader, outcome);
        Changed?.Invoke(this, EventArgs.Empty);
        return outcome;
    }
}
