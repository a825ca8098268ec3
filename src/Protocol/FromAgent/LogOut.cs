namespace Evercard.Protocol;

/// <summary>The user ended the session.</summary>
public sealed record LogOut(string SessionId) : Message
{
    internal override string? FindFault() => Field.Id(SessionId, nameof(SessionId));
}
