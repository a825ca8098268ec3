using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Evercard.Registry.Journal;

/// <summary>EV-XXXX-XX: what a person reads to the service desk. It opens nothing: it is short, and not a secret.</summary>
public static class OperationReference
{
    /// <summary>No 0, O, 1, I or L: they are misread on paper and misheard on the telephone.</summary>
    public const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    private const int Letters = 6;

    /// <summary>A reference at random: 31^6, about 900 million. The database refuses one that is taken.</summary>
    public static string New() => Write(RandomNumberGenerator.GetString(Alphabet, Letters));

    /// <summary>Reads what people type: any case, spaces and dashes anywhere, with or without the EV.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="reference">The same as it stands in the database.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? reference)
    {
        reference = null;
        var letters = new string((text ?? "").Where(c => c != '-' && !char.IsWhiteSpace(c)).Select(char.ToUpperInvariant).ToArray());
        if (letters.Length == Letters + 2 && letters.StartsWith("EV", StringComparison.Ordinal))
        {
            letters = letters[2..];
        }

        if (letters.Length != Letters || !letters.All(Alphabet.Contains))
        {
            return false;
        }

        reference = Write(letters);
        return true;
    }

    /// <summary>Whether this is a reference exactly as it stands in the database.</summary>
    public static bool IsWellFormed(string? text) => TryParse(text, out var reference) && reference == text;

    private static string Write(string letters) => $"EV-{letters[..4]}-{letters[4..]}";
}
