using Evercard.Registry.People;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Roles;

/// <summary>What is said to somebody whose present role may not do something.</summary>
/// <param name="Refusal">ROLE-WRONG where another role of the same person may, otherwise PERMISSION-NONE with the people who can.</param>
/// <param name="SwitchTo">That other role; null where there is none.</param>
public sealed record RoleAdvice(Refusal Refusal, RoleProfile? SwitchTo)
{
    /// <summary>A pure function.</summary>
    /// <param name="present">The role of the log-in; null where none was chosen.</param>
    /// <param name="held">All roles of the person.</param>
    /// <param name="organisation">Whose people can help.</param>
    /// <param name="wanted">What the present role may not do.</param>
    /// <param name="table">Who may.</param>
    public static RoleAdvice For(RoleProfile? present, IReadOnlyList<RoleProfile> held, Organisation organisation, RolePermission wanted, RoleTable table)
    {
        // At the organisation where one works today before any other.
        var other = held.Where(role => role.Id != present?.Id && table.Allows(role.RoleCode, wanted))
            .OrderBy(role => role.OrganisationCode != organisation.Code).ThenBy(role => role.RoleName, StringComparer.Ordinal).ThenBy(role => role.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        return other is not null
            ? new RoleAdvice(Refusals.RoleWrong(present?.RoleName, wanted, other.RoleName), other)
            : new RoleAdvice(Refusals.PermissionNone(wanted, Contacts.Contacts.Lines(organisation, Contacts.Contacts.For(wanted))), null);
    }
}

/// <summary>The roles that people hold.</summary>
public sealed class HeldRoles(Database database)
{
    /// <summary>In the order of their numbers.</summary>
    public Task<IReadOnlyList<RoleProfile>> Of(string personUuid, CancellationToken cancellation) =>
        database.Read<IReadOnlyList<RoleProfile>>(
            async r => await r.Registry.RoleProfiles.Where(p => p.PersonUuid == personUuid).OrderBy(p => p.Id).ToListAsync(cancellation), cancellation);
}
