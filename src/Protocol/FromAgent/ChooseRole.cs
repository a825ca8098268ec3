namespace Evercard.Protocol;

/// <summary>The person chose a role for the session, or another one later.</summary>
/// <param name="RequestId">Names RoleChosen or Refused.</param>
/// <param name="SessionId">The session.</param>
/// <param name="RoleProfileId">One of those that LoggedIn offered.</param>
public sealed record ChooseRole(string RequestId, string SessionId, string RoleProfileId) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.Id(SessionId, nameof(SessionId)) ?? Field.Id(RoleProfileId, nameof(RoleProfileId));
}
