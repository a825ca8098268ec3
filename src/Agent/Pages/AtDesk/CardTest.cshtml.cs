using Evercard.Agent.CardScripts;
using Evercard.Agent.Pages.Opened;
using Evercard.Agent.Sessions;
using Evercard.Look;
using Evercard.Protocol;

namespace Evercard.Agent.Pages.AtDesk;

/// <summary>The cardholder types the passcode, and both keys of the card sign.</summary>
public sealed class CardTestModel(AgentDesk desk, PageFrame frame) : OnePasscode(desk, frame, OpenedKind.CardTest)
{
    /// <summary>How the cardholder is spoken to.</summary>
    public string FirstName => State.Managed!.HolderName.Split(' ')[0];

    protected override AgentSession? OperatorOf(OpenedPage opened) => Desk.OperatorBeside(opened);

    protected override async Task<Refused?> Do(Protocol.ManagedAct managed, string sessionId, CardInReader card, HeldPasscode passcode) =>
        (await Desk.Agent.Test(sessionId, card.Reader, passcode, CancellationToken.None, card.Insertion) as AgentOutcome<CardTested>.Refused)?.Message;
}
