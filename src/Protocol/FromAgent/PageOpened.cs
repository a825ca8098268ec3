namespace Evercard.Protocol;

/// <summary>Answer to OpenPage.</summary>
/// <param name="RequestId">OpenPage's.</param>
/// <param name="Path">Unguessable path on the agent's own address, http://127.0.0.1:PagesPort.</param>
public sealed record PageOpened(string RequestId, string Path) : Message
{
    internal override string? FindFault() => Field.Id(RequestId, nameof(RequestId)) ?? Field.LocalPath(Path, nameof(Path));
}
