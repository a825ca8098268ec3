namespace Evercard.Protocol;

/// <summary>The user typed the present passcode and a new one, which stay at the agent.</summary>
/// <param name="RequestId">Names PasscodeChanged or Refused.</param>
/// <param name="SessionId">The session.</param>
/// <param name="Reader">The reader's name as the computer tells it.</param>
public sealed record SetNewPasscode(string RequestId, string SessionId, string Reader) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.Id(SessionId, nameof(SessionId)) ?? Field.Text(Reader, nameof(Reader));
}
