namespace Evercard.Protocol;

/// <summary>Answer to ChooseRole.</summary>
public sealed record RoleChosen(string RequestId, string RoleProfileId) : Message
{
    internal override string? FindFault() => Field.Id(RequestId, nameof(RequestId)) ?? Field.Id(RoleProfileId, nameof(RoleProfileId));
}
