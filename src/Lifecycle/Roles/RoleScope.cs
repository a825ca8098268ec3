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
    public static bool Covers(Organisation ofRole, Organisation home) => ofRole.Code == home.Code || IsNamed(home.RegistrationAuthority, ofRole.Name);

    /// <summary>
    /// The record is a line for people: "Northmere Registration Authority, 01632 960100". What stands before its first comma is how the name of
    /// that organisation begins, in whole words. A record that names nobody yet fits no name.
    /// </summary>
    private static bool IsNamed(string record, string name)
    {
        var named = record.Split(',')[0].Trim();
        return named.Length > 0 && name.StartsWith(named, StringComparison.OrdinalIgnoreCase) && (name.Length == named.Length || !char.IsLetterOrDigit(name[named.Length]));
    }
}
