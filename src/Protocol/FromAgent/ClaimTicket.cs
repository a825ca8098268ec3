namespace Evercard.Protocol;

/// <summary>A browser on this computer came to the agent's own page with a ticket (DESIGN 4, joining). The first agent to say so has it.</summary>
/// <param name="RequestId">Names TicketClaimed or Refused.</param>
/// <param name="Ticket">As it stood in the address.</param>
/// <param name="SessionId">The log-in that the browser shall have; null where nobody is logged in here.</param>
public sealed record ClaimTicket(string RequestId, string Ticket, string? SessionId) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.Text(Ticket, nameof(Ticket), Field.TextLength) ?? Field.OptionalId(SessionId, nameof(SessionId));
}
