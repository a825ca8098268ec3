using Evercard.Lifecycle;
using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Lifecycle;

/// <summary>Whatever is typed becomes one line that can be kept.</summary>
public sealed class PlainLineTests
{
    [Fact]
    public void Whatever_is_typed_the_line_is_short_and_plain_and_its_characters_are_whole() =>
        Prop.ForAll<string, byte>((typed, longest) =>
        {
            var line = PlainLine.Of(typed, longest);
            return line.Length <= longest && !line.Any(char.IsControl) && line == line.Trim() && IsWhole(line) && PlainLine.Of(line, longest) == line;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("  two\nlines\t", 20, "twolines")]
    [InlineData("ab\U0001F600", 3, "ab")]
    [InlineData("ab\U0001F600", 4, "ab\U0001F600")]
    [InlineData(null, 4, "")]
    public void It_cuts_between_characters(string? typed, int longest, string line) => PlainLine.Of(typed, longest).ShouldBe(line);

    [Fact]
    public void Half_a_character_is_replaced() => PlainLine.Of("a" + '\ud83d' + "b", 9).ShouldBe("a\ufffdb");

    private static bool IsWhole(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (char.IsSurrogate(line[i]) && !(char.IsHighSurrogate(line[i]) && i + 1 < line.Length && char.IsLowSurrogate(line[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
