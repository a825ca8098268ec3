using System.Text.Json.Serialization;

namespace Evercard.Protocol;

/// <summary>Which of its own pages the agent shall make ready.</summary>
[JsonConverter(typeof(KebabCase<AgentPage>))]
public enum AgentPage
{
    /// <summary>Log in with the card in the reader, or with the one that is put in.</summary>
    LogIn,

    /// <summary>Confirm the passcode for a renewal, or to finish one: for oneself or, where somebody helps, beside that person.</summary>
    Renewal,

    /// <summary>Choose another passcode.</summary>
    PasscodeChange,

    /// <summary>Choose another role.</summary>
    RoleChoice,

    /// <summary>An operator confirms an act on another person's card with the own one.</summary>
    Confirmation,

    /// <summary>The cardholder in front of an operator chooses a passcode; then the card is repaired.</summary>
    NewPasscode,

    /// <summary>The cardholder in front of an operator types the passcode; then both keys of the card sign.</summary>
    CardTest,
}

/// <summary>A joined browser shall be sent to a page of the agent's own; answered by PageOpened or Refused.</summary>
/// <param name="RequestId">Names the answer.</param>
/// <param name="Page">Which.</param>
/// <param name="Reader">Where the card is; null where any will do.</param>
/// <param name="AskedAt">When the browser asked.</param>
/// <param name="ReturnPath">Where the browser goes afterwards, at the server that the agent is pinned to: a path that begins with one slash.</param>
/// <param name="TakeOver">Renewal: the person said that it goes on here, not where it was begun.</param>
/// <param name="RoleProfileId">RoleChoice: the role that is preselected; null: the present one.</param>
/// <param name="Managed">Confirmation, NewPasscode and CardTest: the act on another person's card. Renewal: the same, where somebody helps.</param>
public sealed record OpenPage(
    string RequestId, AgentPage Page, string? Reader, DateTimeOffset AskedAt, string ReturnPath, bool TakeOver = false, string? RoleProfileId = null,
    ManagedAct? Managed = null) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.OptionalText(Reader, nameof(Reader)) ?? Field.LocalPath(ReturnPath, nameof(ReturnPath))
        ?? Field.OptionalId(RoleProfileId, nameof(RoleProfileId))
        ?? (Page is AgentPage.Renewal || Page is AgentPage.Confirmation or AgentPage.NewPasscode or AgentPage.CardTest == Managed is not null
            ? Managed?.FindFault(Page) : $"{nameof(Managed)} does not fit the page");
}

/// <summary>An act on a card in the operator's second reader.</summary>
/// <param name="Act">Renewal, Repair or Unlock.</param>
/// <param name="OperationId">The act that was opened; null for a renewal, which the passcode opens.</param>
/// <param name="Reader">The reader with the cardholder's card.</param>
/// <param name="HolderName">Whose card the service says it is.</param>
/// <param name="SmartcardSerial">The number printed on it, as the service knows it.</param>
public sealed record ManagedAct(CardAct Act, string? OperationId, string Reader, string HolderName, string SmartcardSerial)
{
    internal string? FindFault(AgentPage page) =>
        (Act is not (CardAct.Renewal or CardAct.Repair or CardAct.Unlock) ? $"{nameof(Act)} is none at a desk" : null)
        ?? (OperationId is null && page != AgentPage.Renewal ? $"{nameof(OperationId)} is missing" : Field.OptionalId(OperationId, nameof(OperationId)))
        ?? Field.Text(Reader, nameof(Reader)) ?? Field.Text(HolderName, nameof(HolderName)) ?? Field.Text(SmartcardSerial, nameof(SmartcardSerial));
}
