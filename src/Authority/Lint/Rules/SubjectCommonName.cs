using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace Evercard.Authority.Lint.Rules;

/// <summary>A name that people can read: no control characters, nothing unseen that makes two names look alike or turns the direction of the text.</summary>
internal static class SubjectCommonName
{
    // ub-common-name (RFC 5280, A.1).
    private const int Longest = 64;

    public static string? Check(LintSubject subject)
    {
        foreach (var attribute in subject.Subject.Where(attribute => attribute.Oid == Oids.CommonName))
        {
            if (attribute.StringType is not (UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString))
                return "it is neither a UTF8String nor a PrintableString.";
            if (attribute.Text.EnumerateRunes().Count() is 0 or > Longest)
                return $"it must have 1 to {Longest} characters.";
            if (attribute.Text.Trim().Length != attribute.Text.Length)
                return "it begins or ends with a blank.";
            if (attribute.Text.EnumerateRunes().Any(IsUnreadable))
                return "it contains characters that are not seen.";
        }

        return null;
    }

    private static bool IsUnreadable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            // The zero-width joiner and non-joiner are part of the spelling in Persian, Sinhala and other scripts.
            UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => true,
            _ => false,
        };
}
