using Evercard.Agent.CardScripts;
using Evercard.Agent.Pages.Opened;
using Evercard.Agent.Sessions;
using Evercard.Look;
using Evercard.Protocol;

namespace Evercard.Agent.Pages.AtDesk;

/// <summary>The operator confirms one act on the card in the other reader, with the own card and passcode.</summary>
public sealed class ConfirmationModel(AgentDesk desk, PageFrame frame) : OnePasscode(desk, frame, OpenedKind.Confirmation)
{
    protected override AgentSession? OperatorOf(OpenedPage opened) => Desk.SessionOf(Desk.CardOf(opened));

    protected override async Task<Refused?> Do(Protocol.ManagedAct managed, string sessionId, CardInReader card, HeldPasscode passcode) =>
        (await Desk.Agent.Confirm(sessionId, managed.OperationId, passcode, CancellationToken.None) as AgentOutcome<ActConfirmed>.Refused)?.Message;
}
