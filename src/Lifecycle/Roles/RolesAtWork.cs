using Evercard.Registry;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Roles;

/// <summary>A role that a person has at an organisation.</summary>
/// <param name="Id">12 digits.</param>
/// <param name="RoleName">E.g. "Staff nurse, Ward 4".</param>
/// <param name="OrganisationName">Where.</param>
public sealed record RoleAtWork(string Id, string RoleName, string OrganisationName);

internal static class RolesAtWork
{
    /// <summary>More are not offered: a message holds no more.</summary>
    private const int Most = 64;

    /// <summary>The roles of a person: the one used last first, then by organisation and name.</summary>
    public static async Task<IReadOnlyList<RoleAtWork>> Of(RegistryContext registry, string personUuid, CancellationToken cancellation)
    {
        var roles = await registry.RoleProfiles
            .Where(r => r.PersonUuid == personUuid)
            .Join(registry.Organisations, r => r.OrganisationCode, o => o.Code, (r, o) => new RoleAtWork(r.Id, r.RoleName, o.Name))
            .ToListAsync(cancellation);
        var last = await registry.Sessions
            .Where(s => s.PersonUuid == personUuid && s.RoleProfileId != null)
            .OrderByDescending(s => s.StartedAt)
            .Select(s => s.RoleProfileId)
            .FirstOrDefaultAsync(cancellation);
        return [.. roles.OrderBy(r => r.Id != last).ThenBy(r => r.OrganisationName, StringComparer.Ordinal).ThenBy(r => r.RoleName, StringComparer.Ordinal).Take(Most)];
    }
}
