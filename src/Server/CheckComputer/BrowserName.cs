using System.Globalization;
using System.Text.RegularExpressions;

namespace Evercard.Server.CheckComputer;

/// <summary>Which browser a User-Agent names, as far as it can be believed.</summary>
internal static partial class BrowserName
{
    public const string Promise = "Works in current Edge, Chrome and Firefox. No Java, no extension, no browser settings.";

    /// <summary>The oldest in which the script and the dialogues of the pages work.</summary>
    private static readonly (string Mark, string Name, int Oldest)[] Known = [("Edg", "Edge", 98), ("Firefox", "Firefox", 98), ("Chrome", "Chrome", 98), ("HeadlessChrome", "Chrome", 98)];

    public static CheckRow Check(string? userAgent)
    {
        var text = userAgent ?? "";
        if (text.Contains("Trident/", StringComparison.Ordinal) || text.Contains("MSIE ", StringComparison.Ordinal))
        {
            return new CheckRow("Browser", CheckState.Bad, "Internet Explorer, or another browser that pretends to be it.", $"You: open this page in Edge, Chrome or Firefox. {Promise}");
        }

        var products = Product().Matches(text).ToLookup(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);
        foreach (var (mark, name, oldest) in Known)
        {
            if (products[mark].FirstOrDefault() is { } version && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var major))
            {
                return major >= oldest
                    ? new CheckRow("Browser", CheckState.Good, $"{name} {major}. {Promise}")
                    : new CheckRow("Browser", CheckState.Bad, $"{name} {major} is too old.", $"IT: bring {name} up to date. {Promise}");
            }
        }

        return new CheckRow("Browser", CheckState.Unknown, $"Not one that we try this service with. {Promise}");
    }

    [GeneratedRegex(@"\b([A-Z][A-Za-z]+)/([0-9]{1,4})\b")]
    private static partial Regex Product();
}
