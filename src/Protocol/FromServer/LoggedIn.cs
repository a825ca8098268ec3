namespace Evercard.Protocol;

/// <summary>A role that the person may choose.</summary>
/// <param name="Id">Role profile: 12 digits.</param>
/// <param name="RoleName">E.g. "Staff nurse, Ward 4".</param>
/// <param name="OrganisationName">Where.</param>
public sealed record RoleOffer(string Id, string RoleName, string OrganisationName);

/// <summary>A session began. It ends when the card leaves the reader.</summary>
/// <param name="RequestId">LogIn's.</param>
/// <param name="SessionId">Secret; the agent keeps it in memory only.</param>
/// <param name="HolderName">The cardholder.</param>
/// <param name="PersonUuid">12 digits.</param>
/// <param name="NotAfter">When the card's certificates end.</param>
/// <param name="DaysLeft">Whole days until then.</param>
/// <param name="RenewalOffered">The expiry notice is due.</param>
/// <param name="Roles">At most 64, the one used last first. One is chosen already; of several one is chosen with ChooseRole.</param>
/// <param name="SmartcardSerial">The number printed on the card.</param>
public sealed record LoggedIn(
    string RequestId, string SessionId, string HolderName, string PersonUuid, DateTimeOffset NotAfter, int DaysLeft, bool RenewalOffered,
    IReadOnlyList<RoleOffer> Roles, string SmartcardSerial) : Message
{
    internal override string? FindFault() =>
        Field.Id(RequestId, nameof(RequestId)) ?? Field.Id(SessionId, nameof(SessionId))
        ?? Field.Text(HolderName, nameof(HolderName)) ?? Field.Id(PersonUuid, nameof(PersonUuid))
        ?? Field.Count(Roles, nameof(Roles), 0) ?? Roles.Select(RoleFault).FirstOrDefault(fault => fault is not null)
        ?? Field.Text(SmartcardSerial, nameof(SmartcardSerial));

    private static string? RoleFault(RoleOffer role) =>
        Field.Id(role.Id, nameof(role.Id)) ?? Field.Text(role.RoleName, nameof(role.RoleName)) ?? Field.Text(role.OrganisationName, nameof(role.OrganisationName));
}
