using System.Text.RegularExpressions;

namespace Evercard.Tests.House;

/// <summary>./test runs everything that may stand on a database once more, on PostgreSQL: what is left out then must not use one.</summary>
public sealed partial class DatabaseRunTests
{
    private static readonly string[] LeftOut = [.. Line().Match(File.ReadAllText(Path.Combine(Repository.Root.FullName, "test"))).Groups["folders"].Value.Split(' ')];

    [Fact]
    public void What_is_left_out_of_the_PostgreSQL_run_opens_no_database_of_a_test() =>
        Repository.Sources
            .Where(file => LeftOut.Where(folder => folder != "House").Any(folder => Repository.Name(file).StartsWith($"tests/Evercard.Tests/{folder}/", StringComparison.Ordinal)))
            .Where(file => UsesDatabase().IsMatch(File.ReadAllText(file.FullName)))
            .Select(Repository.Name)
            .ShouldBeEmpty();

    [Fact]
    public void It_names_folders_that_are_there() =>
        LeftOut.ShouldAllBe(folder => Directory.Exists(Path.Combine(Repository.Root.FullName, "tests", "Evercard.Tests", folder)));

    [GeneratedRegex("^without_database=\"(?<folders>.+)\"", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"\bTestDatabase\b|\bnew Database\(|\b(?:Ward\.Open|OpenWard|RegistryFile|AuthorityFolder|JourneyNode|HelpNode|ManageNode)\b|using Evercard\.Tests\.(?:Lifecycle|Registry|Authority|Faults|Cli)\b")]
    private static partial Regex UsesDatabase();
}
