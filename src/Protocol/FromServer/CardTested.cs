namespace Evercard.Protocol;

/// <summary>What the test of a card found.</summary>
/// <param name="RequestId">TestCard's.</param>
/// <param name="LogIn">The log-in key signed.</param>
/// <param name="Signature">The signature key signed.</param>
/// <param name="Accepted">Both certificates are good now.</param>
public sealed record CardTested(string RequestId, bool LogIn, bool Signature, bool Accepted) : Message
{
    internal override string? FindFault() => Field.Id(RequestId, nameof(RequestId));
}
