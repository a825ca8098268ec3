using System.Text.Json;

namespace Evercard.Lifecycle.Roles;

/// <summary>Reads roles.json strictly: a slip of the pen must not give, or take, a permission without a word.</summary>
internal static class RoleTableReader
{
    /// <exception cref="FormatException">In words that name the place.</exception>
    public static RoleTable Read(string json, string preset)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new FormatException($"roles.json is no JSON: {e.Message}", e);
        }

        using (document)
        {
            var file = Members(document.RootElement, "the file");
            foreach (var name in file.Keys.Except(["everybody", "roles", "presets"]))
            {
                throw Fault($"\"{name}\" has no meaning");
            }

            var everybody = Permissions(Required(file, "everybody", "the file"), "everybody");
            var roles = Members(Required(file, "roles", "the file"), "roles").Select(role => Role(role.Key, role.Value)).ToList();
            if (roles.GroupBy(role => role.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            {
                throw Fault($"two roles are called \"{twice.Key}\"");
            }

            // All presets are read, not the chosen one alone: a fault in the other would be found on the day somebody changes to it.
            var presets = Members(Required(file, "presets", "the file"), "presets")
                .ToDictionary(one => one.Key, one => Preset(one.Key, one.Value, roles), StringComparer.Ordinal);
            return presets.TryGetValue(preset, out var chosen)
                ? new RoleTable(roles, everybody, chosen)
                : throw Fault($"there is no preset \"{preset}\", only {string.Join(" and ", presets.Keys)}");
        }
    }

    private static Dictionary<string, HashSet<RolePermission>> Preset(string name, JsonElement value, IReadOnlyList<KnownRole> roles)
    {
        var byCode = Members(value, name).ToDictionary(role => role.Key, role => Permissions(role.Value, $"{name}, {role.Key}"), StringComparer.Ordinal);
        return byCode.Keys.Except(roles.Select(role => role.Code)).FirstOrDefault() is { } unknown ? throw Fault($"{name}: the role {unknown} is not under \"roles\"")
            : roles.FirstOrDefault(role => !byCode.ContainsKey(role.Code)) is { } missing ? throw Fault($"{name}: the role {missing.Code} is missing")
            : byCode;
    }

    private static KnownRole Role(string code, JsonElement name) =>
        code.Length == 0 || !code.All(char.IsAsciiLetterOrDigit) ? throw Fault($"\"{code}\" is no role code")
        : name.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(name.GetString()) ? new KnownRole(code, name.GetString()!)
        : throw Fault($"the role {code} has no name");

    private static HashSet<RolePermission> Permissions(JsonElement list, string where)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Fault($"{where}: a list of permissions belongs here");
        }

        var permissions = new HashSet<RolePermission>();
        foreach (var one in list.EnumerateArray())
        {
            var name = one.ValueKind == JsonValueKind.String ? one.GetString() : one.GetRawText();
            var permission = RolePermissions.Find(name) ?? throw Fault($"{where}: there is no permission \"{name}\"");
            if (!permissions.Add(permission))
            {
                throw Fault($"{where}: \"{name}\" stands there twice");
            }
        }

        return permissions;
    }

    /// <summary>The members of an object, none of them twice: of two with one name the second would win in silence.</summary>
    private static Dictionary<string, JsonElement> Members(JsonElement value, string where)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Fault($"{where}: names in curly brackets belong here");
        }

        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (!members.TryAdd(member.Name, member.Value))
            {
                throw Fault($"{where}: \"{member.Name}\" stands there twice");
            }
        }

        return members;
    }

    private static JsonElement Required(Dictionary<string, JsonElement> members, string name, string where) =>
        members.TryGetValue(name, out var value) ? value : throw Fault($"{where}: \"{name}\" is missing");

    private static FormatException Fault(string what) => new($"roles.json: {what}.");
}
