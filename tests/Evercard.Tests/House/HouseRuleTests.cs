using System.Text.RegularExpressions;

namespace Evercard.Tests.House;

public sealed class HouseRuleTests
{
    private static readonly string[] EmptyWords = ["Services", "Helpers", "Utils", "Common"];

    private static readonly string[] Text = [".cs", ".cshtml", ".md", ".json", ".csproj", ".props", ".sh", ".css", ".js", ".yml", ".yaml", ""];

    [Fact]
    public void Folders_are_named_after_features_or_roles() =>
        Repository.Files.Where(f => Repository.Name(f).Split('/').SkipLast(1).Intersect(EmptyWords).Any()).Select(Repository.Name).ShouldBeEmpty();

    [Fact]
    public void Types_are_named_after_what_they_are() =>
        Repository.Sources.Select(Repository.Name)
            .Where(name => Regex.IsMatch(name, @"(Manager|Service|Helper|Processor|Utils|Impl)\.cs$"))
            .ShouldBeEmpty();

    [Fact]
    public void A_source_file_has_at_most_400_lines() =>
        Repository.Sources
            .Where(f => !Repository.Name(f).Contains("/Migrations/", StringComparison.Ordinal) && File.ReadLines(f.FullName).Count() > 400)
            .Select(Repository.Name)
            .ShouldBeEmpty();

    [Fact]
    public void No_test_is_skipped() =>
        Repository.Sources
            .Where(f => Repository.Name(f).StartsWith("tests/", StringComparison.Ordinal) && Regex.IsMatch(File.ReadAllText(f.FullName), @"\bSkip\s*="))
            .Select(Repository.Name)
            .ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_to_do_later() =>
        Repository.Files
            .Where(f => Text.Contains(f.Extension) && Regex.IsMatch(File.ReadAllText(f.FullName), @"\bTO[D]O\b"))
            .Select(Repository.Name)
            .ShouldBeEmpty();

    [Fact]
    public void No_merge_is_left_half_done() =>
        Repository.Files
            .Where(f => Text.Contains(f.Extension) && Regex.IsMatch(File.ReadAllText(f.FullName), "^(?:<{7}|>{7}) ", RegexOptions.Multiline))
            .Select(Repository.Name)
            .ShouldBeEmpty();

    [Fact]
    public void Every_project_has_its_lock_file() =>
        Repository.Projects
            .Where(project => !File.Exists(Path.Combine(project.DirectoryName!, "packages.lock.json")))
            .Select(Repository.Name)
            .ShouldBeEmpty();
}
