using System.Text.RegularExpressions;
using Evercard.Registry.Help;

namespace Evercard.Server.Help;

/// <summary>What somebody wrote about a guide, as it is kept: one line of plain text, without what could tell who it was.</summary>
public static partial class AnswerLine
{
    /// <summary>Stands for what was left out.</summary>
    public const string LeftOut = "[left out]";

    /// <returns>Null where nothing is left.</returns>
    public static string? Clean(string? written)
    {
        // Long before it is shortened: whatever is looked for must be whole.
        var line = Blank().Replace((written ?? "")[..Math.Min(written?.Length ?? 0, 10 * ArticleAnswer.LongestLine)], " ").Trim();
        line = Number().Replace(Mail().Replace(line, LeftOut), LeftOut);
        line = line[..Math.Min(line.Length, ArticleAnswer.LongestLine)].TrimEnd();

        // Half a character is none.
        line = line.Length > 0 && char.IsHighSurrogate(line[^1]) ? line[..^1] : line;
        return line.Length == 0 ? null : line;
    }

    [GeneratedRegex(@"[\s\p{C}-[\p{Cs}]]+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"[^\s@]+@[^\s@]+")]
    private static partial Regex Mail();

    /// <summary>Six digits and more, also in groups: telephone numbers, passcodes, the 12 digits of a person.</summary>
    [GeneratedRegex(@"\+?\d(?:[ ()/.-]{0,2}\d){5,}")]
    private static partial Regex Number();
}
