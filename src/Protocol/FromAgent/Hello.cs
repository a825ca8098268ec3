namespace Evercard.Protocol;

/// <summary>The agent's answer to the challenge.</summary>
/// <param name="Protocol">1.</param>
/// <param name="AgentVersion">E.g. "1.2.0".</param>
/// <param name="AgentPublicKey">Device key: SubjectPublicKeyInfo, DER, P-256. Its hash is the agent's id.</param>
/// <param name="ComputerName">As people know the computer.</param>
/// <param name="AgentTime">The computer's clock.</param>
/// <param name="Signature">64 bytes (r, s) over <see cref="HelloStatement"/>.</param>
/// <param name="PagesPort">Port of the agent's own pages on 127.0.0.1; 0 where it has none.</param>
public sealed record Hello(
    int Protocol, string AgentVersion, ReadOnlyMemory<byte> AgentPublicKey, string ComputerName, DateTimeOffset AgentTime,
    ReadOnlyMemory<byte> Signature, int PagesPort = 0) : Message
{
    /// <summary>1 to 200 characters, none of them a control character.</summary>
    public static bool IsComputerName(string name) => Field.Text(name, nameof(ComputerName)) is null;

    internal override string? FindFault() =>
        Field.Range(Protocol, nameof(Protocol), 0, 1_000) ?? Field.Text(AgentVersion, nameof(AgentVersion), Field.IdLength)
        ?? Field.Bytes(AgentPublicKey, nameof(AgentPublicKey), 50, 600) ?? Field.Text(ComputerName, nameof(ComputerName))
        ?? Field.Bytes(Signature, nameof(Signature), 64) ?? Field.Range(PagesPort, nameof(PagesPort), 0, 65_535);
}
