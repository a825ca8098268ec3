namespace Evercard.Lifecycle.Repair;

/// <summary>Which roles repair.</summary>
internal static class Repairers
{
    private static readonly string[] Codes = ["R5080", "R5090"];

    /// <param name="roleCode">E.g. "S0080:G0450:R5080".</param>
    public static bool Include(string? roleCode) => Codes.Contains(roleCode?.Split(':')[^1]);
}
