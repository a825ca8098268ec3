using System.Globalization;

namespace Evercard.Server.Help;

/// <summary>Which edition of a guide this is: the page and its PDF tell the same.</summary>
/// <param name="Version">Such as "1.0".</param>
/// <param name="Date">When it was written.</param>
public sealed record GuideEdition(string Version, DateOnly Date)
{
    private const string Fence = "---";

    /// <summary>"Version 1.0, 28 November 2026".</summary>
    public string InWords => $"Version {Version}, {Date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}";

    /// <summary>Takes the lines off that stand between two "---" in front of a guide.</summary>
    /// <param name="source">The whole file.</param>
    /// <returns>The edition, null where there are no such lines; and the guide itself.</returns>
    /// <exception cref="FormatException">There are such lines, and version or date is missing.</exception>
    public static (GuideEdition? Edition, string Markdown) Read(string source)
    {
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        var end = lines[0] == Fence ? Array.IndexOf(lines, Fence, 1) : -1;
        if (end < 0)
        {
            return (null, source);
        }

        var told = lines[1..end].Select(line => line.Split(':', 2)).Where(line => line.Length == 2)
            .ToDictionary(line => line[0].Trim(), line => line[1].Trim().Trim('"'), StringComparer.Ordinal);
        if (!told.TryGetValue("version", out var version)
            || !DateOnly.TryParseExact(told.GetValueOrDefault("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            throw new FormatException("A guide that tells its edition tells a version and a date (yyyy-MM-dd).");
        }

        return (new GuideEdition(version, date), string.Join('\n', lines[(end + 1)..]));
    }
}
