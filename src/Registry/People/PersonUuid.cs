namespace Evercard.Registry.People;

/// <summary>The number of a person or of a role profile: 12 digits.</summary>
public static class PersonUuid
{
    public const int Length = 12;

    public static bool IsWellFormed(string? text) => text is { Length: Length } && text.All(char.IsAsciiDigit);
}
