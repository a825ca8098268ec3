namespace Evercard.Protocol;

/// <summary>Answer to ClaimTicket: the agent sends the browser to /join?code=CODE of the server that it is pinned to.</summary>
/// <param name="RequestId">ClaimTicket's.</param>
/// <param name="Code">Good once, and only together with the cookie of the browser that began.</param>
public sealed record TicketClaimed(string RequestId, string Code) : Message
{
    internal override string? FindFault() => Field.Id(RequestId, nameof(RequestId)) ?? Field.Id(Code, nameof(Code));
}
