namespace Evercard.Protocol;

/// <summary>An operator typed the passcode of the own card to confirm one act on another person's card.</summary>
/// <param name="RequestId">Names ActConfirmed or Refused.</param>
/// <param name="SessionId">The operator's session.</param>
/// <param name="Reader">The reader with the operator's card, as the computer tells its name.</param>
/// <param name="OperationId">The act that is confirmed.</param>
public sealed record ConfirmAct(string RequestId, string SessionId, string Reader, string OperationId) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.Id(SessionId, nameof(SessionId)) ?? Field.Text(Reader, nameof(Reader))
        ?? Field.Id(OperationId, nameof(OperationId));
}
