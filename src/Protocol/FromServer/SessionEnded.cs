namespace Evercard.Protocol;

/// <summary>A session of this agent is over, for another reason than that the agent said so: logged out in the browser, or its time is over.</summary>
/// <param name="SessionHash">SHA-256 of the session id, upper-case hexadecimal: the server does not keep the id itself.</param>
/// <param name="Because">Why, in words.</param>
public sealed record SessionEnded(string SessionHash, string Because) : Message
{
    internal override string? FindFault() => Field.Id(SessionHash, nameof(SessionHash)) ?? Field.Text(Because, nameof(Because));
}
