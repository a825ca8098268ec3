using System.Text.Json.Serialization;

namespace Evercard.Protocol;

/// <summary>Which of its own pages the agent shall make ready.</summary>
[JsonConverter(typeof(KebabCase<AgentPage>))]
public enum AgentPage
{
    /// <summary>Log in with the card in the reader, or with the one that is put in.</summary>
    LogIn,

    /// <summary>Confirm the passcode for a renewal, or to finish one.</summary>
    Renewal,

    /// <summary>Choose another passcode.</summary>
    PasscodeChange,

    /// <summary>Choose another role.</summary>
    RoleChoice,
}

/// <summary>A joined browser shall be sent to a page of the agent's own; answered by PageOpened or Refused.</summary>
/// <param name="RequestId">Names the answer.</param>
/// <param name="Page">Which.</param>
/// <param name="Reader">Where the card is; null where any will do.</param>
/// <param name="AskedAt">When the browser asked.</param>
/// <param name="ReturnPath">Where the browser goes afterwards, at the server that the agent is pinned to: a path that begins with one slash.</param>
/// <param name="TakeOver">Renewal: the person said that it goes on here, not where it was begun.</param>
/// <param name="RoleProfileId">RoleChoice: the role that is preselected; null: the present one.</param>
public sealed record OpenPage(
    string RequestId, AgentPage Page, string? Reader, DateTimeOffset AskedAt, string ReturnPath, bool TakeOver = false, string? RoleProfileId = null) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.OptionalText(Reader, nameof(Reader)) ?? Field.LocalPath(ReturnPath, nameof(ReturnPath))
        ?? Field.OptionalId(RoleProfileId, nameof(RoleProfileId));
}
