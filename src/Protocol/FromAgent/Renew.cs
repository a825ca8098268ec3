namespace Evercard.Protocol;

/// <summary>The user wishes to renew the card in this reader, or to finish its renewal.</summary>
/// <param name="RequestId">Names Progress, ActCompleted or Refused.</param>
/// <param name="SessionId">The session, of the cardholder or of whoever helps; null where an open renewal is finished without one.</param>
/// <param name="Reader">The reader's name as the computer tells it.</param>
/// <param name="TakeOver">Carry on here what another computer began.</param>
/// <param name="ForCardholder">The session is of somebody who helps; the cardholder has typed the passcode all the same.</param>
public sealed record Renew(string RequestId, string? SessionId, string Reader, bool TakeOver, bool ForCardholder = false) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.OptionalId(SessionId, nameof(SessionId)) ?? Field.Text(Reader, nameof(Reader));
}
