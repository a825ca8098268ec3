namespace Evercard.Protocol;

/// <summary>The cardholder chose a passcode, which stays at the agent; the card in this reader is to take it without the old one.</summary>
/// <param name="RequestId">Names PasscodeChanged or Refused.</param>
/// <param name="SessionId">The operator's session.</param>
/// <param name="Reader">The reader with the cardholder's card.</param>
/// <param name="OperationId">The unlock that the operator confirmed.</param>
public sealed record Unlock(string RequestId, string SessionId, string Reader, string OperationId) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.Id(SessionId, nameof(SessionId)) ?? Field.Text(Reader, nameof(Reader))
        ?? Field.Id(OperationId, nameof(OperationId));
}
