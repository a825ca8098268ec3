namespace Evercard.Registry.People;

/// <summary>The code of an organisation (ODS), such as RW3 or B81012: capital letters and digits.</summary>
public static class OrganisationCode
{
    public const int MaxLength = 12;

    public static bool IsWellFormed(string? text) =>
        text is { Length: > 0 and <= MaxLength } && text.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));
}
