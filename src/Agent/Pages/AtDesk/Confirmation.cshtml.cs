using Evercard.Agent.CardScripts;
using Evercard.Agent.Pages.Opened;
using Evercard.Agent.Sessions;
using Evercard.Look;
using Evercard.Protocol;

namespace Evercard.Agent.Pages.AtDesk;

/// <summary>The operator confirms one act on the card in the other reader, with the own card and passcode.</summary>
public sealed class ConfirmationModel(AgentDesk desk, PageFrame frame) : OnePasscode(desk, frame, OpenedKind.Confirmation)
{
    /// <summary>In the agent's own words: "You are repairing the smartcard in …".</summary>
    public string Doing => State.Managed!.Act == CardAct.Unlock ? "having another passcode set on" : "repairing";

    protected override AgentSession? OperatorOf(OpenedPage opened) => Desk.SessionOf(Desk.CardOf(opened));

    protected override async Task<Refused?> Do(Protocol.ManagedAct managed, string sessionId, CardInReader card, HeldPasscode passcode) =>
        (await Desk.Agent.Confirm(sessionId, managed.OperationId!, passcode, CancellationToken.None) as AgentOutcome<ActConfirmed>.Refused)?.Message;
}
