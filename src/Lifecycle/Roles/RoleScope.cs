using System.Linq.Expressions;
using Evercard.Registry.People;

namespace Evercard.Lifecycle.Roles;

/// <summary>
/// Whose people a role reaches where it need not have their cards in front of it: those of its own organisation, and of the organisations
/// whose record names it as their registration authority.
/// </summary>
public static class RoleScope
{
    /// <param name="ofRole">The organisation at which the role is held.</param>
    /// <param name="home">The home organisation of the person concerned.</param>
    public static bool Covers(Organisation ofRole, Organisation home) => ofRole.Code == home.Code || ofRole.Code == home.RegistrationAuthorityCode;

    /// <summary>All home organisations that a role covers: the same question for a query.</summary>
    /// <param name="ofRole">Code of the organisation at which the role is held.</param>
    public static Expression<Func<Organisation, bool>> CoveredBy(string ofRole) => home => home.Code == ofRole || home.RegistrationAuthorityCode == ofRole;
}
