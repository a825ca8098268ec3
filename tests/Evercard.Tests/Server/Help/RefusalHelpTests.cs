using System.Text.RegularExpressions;
using Evercard.Server.Help;
using Evercard.Tests.House;

namespace Evercard.Tests.Server.Help;

/// <summary>Every refusal that the sources can give has its help page, and every page is about something that can happen.</summary>
public sealed partial class RefusalHelpTests
{
    /// <summary>Codes of the catalogue whose page was written before what gives them.</summary>
    private static readonly string[] WrittenAhead =
    [
        "AGENT-NO-PAGES", "AGENT-OTHER", "AGENT-PAGE", "CARDS-TWO", "PASSCODE-DIFFERENT", "PASSCODE-EASY", "PASSCODE-FORGOTTEN", "PASSCODE-LAST", "PASSCODE-REFUSED",
        "ROLE-NONE",
    ];

    private static readonly IReadOnlyList<string> Given =
        [.. Repository.Sources.Where(source => IsProduct(Repository.Name(source)))
            .SelectMany(source => Code().Matches(File.ReadAllText(source.FullName))).Select(match => match.Groups[1].Value).Distinct()];

    [Fact]
    public void Every_code_that_the_sources_can_give_has_its_page()
    {
        Given.Count.ShouldBeGreaterThan(30);
        Given.Where(code => RefusalHelp.Find(code) is null).ShouldBeEmpty();
    }

    [Fact]
    public void No_page_is_for_a_code_that_nothing_gives() =>
        RefusalHelp.All.Select(page => page.Code).Except(Given).Except(WrittenAhead).ShouldBeEmpty();

    [Fact]
    public void Each_code_has_one_page() => RefusalHelp.All.Select(page => page.Code).ShouldBeUnique();

    [Fact]
    public void Each_page_says_what_it_means_and_what_to_do() =>
        RefusalHelp.All.SelectMany(page => page.Steps.Append(page.Meaning))
            .ShouldAllBe(sentence => sentence.Length >= "Try again.".Length && char.IsUpper(sentence[0]) && (sentence.EndsWith('.') || sentence.EndsWith('?')));

    [Fact]
    public void Small_letters_find_the_page_too() => RefusalHelp.Find("card-locked")!.Code.ShouldBe("CARD-LOCKED");

    private static bool IsProduct(string name) =>
        name.StartsWith("src/", StringComparison.Ordinal) && !name.StartsWith("src/Server/Help/", StringComparison.Ordinal);

    [GeneratedRegex("\"([A-Z]+(?:-[A-Z]+)+)\"")]
    private static partial Regex Code();
}
