using Evercard.Cards.Piv;

namespace Evercard.CardSimulator.Commands;

/// <summary>The tag list 5C, by which GET DATA and PUT DATA name one data object.</summary>
internal static class TagList
{
    public static DataObject? Read(ReadOnlySpan<byte> tag) => tag switch
    {
        [0x7E] => DataObject.Discovery,
        [0x7F, 0x61] => new(0x7F61),
        [0x5F, var high, var low] => new((0x5F << 16) | (high << 8) | low),
        _ => null,
    };

    /// <summary>Discovery and the biometric templates come with their own tag, not inside 53.</summary>
    public static bool IsSelfDescribing(DataObject tag) => tag.Tag is 0x7E or 0x7F61;
}
