namespace Evercard.Protocol;

/// <summary>The cardholder at an operator's desk typed the passcode, which stays at the agent: both keys of the card shall sign.</summary>
/// <param name="RequestId">Names CardTested or Refused.</param>
/// <param name="SessionId">The operator's session.</param>
/// <param name="Reader">The reader with the cardholder's card.</param>
public sealed record TestCard(string RequestId, string SessionId, string Reader) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.Id(SessionId, nameof(SessionId)) ?? Field.Text(Reader, nameof(Reader));
}
