namespace Evercard.Protocol;

/// <summary>No script of this act comes any more (it was taken over, or its request is over); the agent drops later ones.</summary>
public sealed record ActEnded(string ActId) : Message
{
    internal override string? FindFault() => Field.Id(ActId, nameof(ActId));
}
