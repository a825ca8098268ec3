using System.Text.RegularExpressions;

namespace Evercard.Look;

/// <summary>A piece of a service notice: words, or a web address that is also a link.</summary>
public readonly record struct NoticePiece(string Text, bool IsLink);

/// <summary>A service notice is plain text. Web addresses in it can be followed; nothing else means anything.</summary>
public static partial class NoticeText
{
    /// <summary>In order; together they are the text.</summary>
    public static IReadOnlyList<NoticePiece> Pieces(string text)
    {
        var pieces = new List<NoticePiece>();
        var at = 0;
        foreach (var address in Address().EnumerateMatches(text))
        {
            Add(text[at..address.Index], false);
            Add(text.Substring(address.Index, address.Length), true);
            at = address.Index + address.Length;
        }

        Add(text[at..], false);
        return pieces;

        void Add(string piece, bool isLink)
        {
            if (piece.Length > 0)
            {
                pieces.Add(new NoticePiece(piece, isLink));
            }
        }
    }

    /// <summary>What ends a sentence does not belong to the address.</summary>
    [GeneratedRegex("""https://[a-z0-9][^\s<>"']*[a-z0-9/]""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
