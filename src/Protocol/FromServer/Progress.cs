namespace Evercard.Protocol;

/// <summary>How far a request has come.</summary>
/// <param name="RequestId">The request that goes on.</param>
/// <param name="Step">Number of the step in docs/renewal.md.</param>
/// <param name="Text">What happens, for people.</param>
/// <param name="ElapsedMilliseconds">Since the request reached the server.</param>
public sealed record Progress(string RequestId, int Step, string Text, long ElapsedMilliseconds) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.Range(Step, nameof(Step), 0, 100)
        ?? Field.Text(Text, nameof(Text), Field.TextLength) ?? Field.NotNegative(ElapsedMilliseconds, nameof(ElapsedMilliseconds));
}
