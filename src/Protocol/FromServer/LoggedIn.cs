namespace Evercard.Protocol;

/// <summary>A session began. It ends when the card leaves the reader.</summary>
/// <param name="RequestId">LogIn's.</param>
/// <param name="SessionId">Secret; the agent keeps it in memory only.</param>
/// <param name="HolderName">The cardholder.</param>
/// <param name="PersonUuid">12 digits.</param>
/// <param name="NotAfter">When the card's certificates end.</param>
/// <param name="DaysLeft">Whole days until then.</param>
/// <param name="RenewalOffered">The expiry notice is due.</param>
public sealed record LoggedIn(
    string RequestId, string SessionId, string HolderName, string PersonUuid, DateTimeOffset NotAfter, int DaysLeft, bool RenewalOffered) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.Id(SessionId, nameof(SessionId))
        ?? Field.Text(HolderName, nameof(HolderName)) ?? Field.Id(PersonUuid, nameof(PersonUuid));
}
