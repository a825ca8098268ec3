namespace Evercard.Protocol;

/// <summary>The request is over, or the act was taken over: no script of it comes until the user begins it again.</summary>
public sealed record ActEnded(string ActId) : Message
{
    internal override string? FindFault() => Field.Id(ActId, nameof(ActId));
}
