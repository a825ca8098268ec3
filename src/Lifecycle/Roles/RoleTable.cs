namespace Evercard.Lifecycle.Roles;

/// <summary>A role that the table knows.</summary>
/// <param name="Code">The last part of a role code: R5080 of S0080:G0450:R5080.</param>
/// <param name="Name">As people call it.</param>
public sealed record KnownRole(string Code, string Name);

/// <summary>Which role may do what: roles.json with one of its presets. A role that it does not name may do what everybody may.</summary>
public sealed class RoleTable
{
    /// <summary>The seeds: ID Checkers repair.</summary>
    public const string Classic = "classic";

    /// <summary>Today's table: Repair is for the roles of the registration authority.</summary>
    public const string Current = "current";

    private readonly HashSet<RolePermission> everybody;
    private readonly Dictionary<string, HashSet<RolePermission>> byCode;

    internal RoleTable(IReadOnlyList<KnownRole> roles, HashSet<RolePermission> everybody, Dictionary<string, HashSet<RolePermission>> byCode) =>
        (Roles, this.everybody, this.byCode) = (roles, everybody, byCode);

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<KnownRole> Roles { get; }

    /// <summary>The table that comes with the program.</summary>
    /// <param name="preset">Its name in roles.json.</param>
    /// <exception cref="FormatException">There is no such preset, or the file breaks its rules.</exception>
    public static RoleTable Of(string preset)
    {
        using var file = typeof(RoleTable).Assembly.GetManifestResourceStream("roles.json")
            ?? throw new InvalidOperationException("Evercard.Lifecycle was built without roles.json.");
        using var text = new StreamReader(file);
        return RoleTableReader.Read(text.ReadToEnd(), preset);
    }

    /// <param name="roleCode">A whole code such as S0080:G0450:R5080; null where no role was chosen.</param>
    /// <param name="permission">What is asked for.</param>
    public bool Allows(string? roleCode, RolePermission permission) =>
        everybody.Contains(permission) || (roleCode is not null && byCode.TryGetValue(LastPart(roleCode), out var its) && its.Contains(permission));

    /// <summary>All that a role may do, in the order of the permissions.</summary>
    public IReadOnlyList<RolePermission> Of(KnownRole role) => [.. RolePermissions.All.Where(permission => Allows(role.Code, permission))];

    /// <summary>What everybody may do who is logged in.</summary>
    public IReadOnlyList<RolePermission> Everybody => [.. RolePermissions.All.Where(everybody.Contains)];

    /// <returns>The role that a code names; null where the table does not know it.</returns>
    public KnownRole? Find(string? roleCode) => roleCode is null ? null : Roles.FirstOrDefault(role => role.Code == LastPart(roleCode));

    private static string LastPart(string roleCode) => roleCode[(roleCode.LastIndexOf(':') + 1)..];
}
