namespace Evercard.Protocol;

/// <summary>The server's first message on a new link.</summary>
/// <param name="Protocol">1.</param>
/// <param name="Nonce">32 random bytes, never used again.</param>
/// <param name="ServerTime">The server's clock, which decides.</param>
/// <param name="MinimumAgentVersion">An older agent may log in and nothing else, e.g. "1.2".</param>
/// <param name="ServerOrigin">Scheme, host and port by which the server knows itself.</param>
public sealed record Challenge(
    int Protocol, ReadOnlyMemory<byte> Nonce, DateTimeOffset ServerTime, string MinimumAgentVersion, string ServerOrigin) : Message
{
    internal override string? FindFault() =>
        Field.Range(Protocol, nameof(Protocol), 1, 1_000) ?? Field.Bytes(Nonce, nameof(Nonce), Field.NonceBytes)
        ?? Field.Text(MinimumAgentVersion, nameof(MinimumAgentVersion), Field.IdLength) ?? Field.Text(ServerOrigin, nameof(ServerOrigin));
}
