using Evercard.Cards.Piv;

namespace Evercard.Lifecycle.Issuance;

/// <summary>What card is made for whom.</summary>
/// <param name="PersonUuid">Cardholder.</param>
/// <param name="SerialNumber">Printed on the card.</param>
/// <param name="Driver">Name of the card driver.</param>
/// <param name="KeyAlgorithm">Algorithm of 9A and 9C.</param>
/// <param name="AdministrationAlgorithm">Algorithm of the new 9B, where the card lets us set one.</param>
/// <param name="NotAfter">Expiry of both certificates.</param>
/// <param name="CardExpiresOn">Last day of the card itself, for its CHUID.</param>
/// <param name="AgentId">The approved agent at whose reader it happens.</param>
public sealed record IssuanceOrder(
    string PersonUuid,
    string SerialNumber,
    string Driver,
    PivAlgorithm KeyAlgorithm,
    PivAlgorithm AdministrationAlgorithm,
    DateTimeOffset NotAfter,
    DateOnly CardExpiresOn,
    string AgentId);

/// <summary>How an issuance or adoption ended.</summary>
public abstract record IssuanceOutcome
{
    public sealed record Issued(Guid SmartcardId, string SerialNumber, DateTimeOffset NotAfter) : IssuanceOutcome;

    public sealed record Refused(Refusal Refusal) : IssuanceOutcome;
}
