using Evercard.Protocol;

namespace Evercard.Agent.Sessions;

/// <summary>A log-in on this computer, with the card in one reader.</summary>
/// <param name="Reader">Where the card is.</param>
/// <param name="Insertion">The reader's count of insertions when it was put in, or put back.</param>
/// <param name="LoggedIn">As the server told it; holds the session's secret.</param>
/// <param name="RoleId">The role profile that was chosen; null while none is.</param>
/// <param name="SuspendedAt">When the card was taken out during an act; null while it is in.</param>
public sealed record AgentSession(string Reader, int Insertion, LoggedIn LoggedIn, string? RoleId, DateTimeOffset? SuspendedAt = null)
{
    /// <summary>The chosen role; null while none is.</summary>
    public RoleOffer? Role => LoggedIn.Roles.FirstOrDefault(role => role.Id == RoleId);

    /// <summary>The session's id is a secret: it stands in no text.</summary>
    public override string ToString() => $"{nameof(AgentSession)} at {Reader}";
}
