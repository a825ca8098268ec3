using System.Text;

namespace Evercard.Lifecycle;

/// <summary>What somebody typed, as it is kept and shown: one line of plain text.</summary>
public static class PlainLine
{
    /// <param name="typed">Anything.</param>
    /// <param name="longest">In UTF-16 code units. No character is cut in half.</param>
    /// <returns>Without control characters and without blanks at both ends; half a surrogate pair becomes U+FFFD.</returns>
    public static string Of(string? typed, int longest)
    {
        var line = new StringBuilder();
        foreach (var rune in (typed ?? "").Trim().EnumerateRunes().Where(rune => !Rune.IsControl(rune)))
        {
            if (line.Length + rune.Utf16SequenceLength > longest)
            {
                break;
            }

            line.Append(rune.ToString());
        }

        return line.ToString().Trim();
    }
}
