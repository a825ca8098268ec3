using System.Text.RegularExpressions;

namespace Evercard.Tests.House;

/// <summary>docs/terms.md names types of src/, as `Type` or `Type.Member`, in the last column of its tables.</summary>
public sealed partial class TermsTests
{
    private static readonly IReadOnlyList<string> Sources =
        [.. Repository.Sources.Where(f => Repository.Name(f).StartsWith("src/", StringComparison.Ordinal)).Select(f => File.ReadAllText(f.FullName))];

    public static TheoryData<string> Named() =>
        [.. File.ReadLines(Path.Combine(Repository.Root.FullName, "docs", "terms.md"))
            .Where(line => line.StartsWith('|'))
            .SelectMany(line => InCode().Matches(line.Split('|')[^2]))
            .Select(match => match.Groups[1].Value)
            .Distinct()];

    [Theory]
    [MemberData(nameof(Named))]
    public void A_type_that_the_terms_name_exists(string name)
    {
        var (type, member) = (name.Split('.')[0], name.Split('.')[^1]);
        Sources.ShouldContain(source =>
            Regex.IsMatch(source, $@"\b(class|record|struct|enum|interface) {type}\b") && Regex.IsMatch(source, $@"\b{member}\b"));
    }

    [GeneratedRegex("`([A-Za-z.]+)`")]
    private static partial Regex InCode();
}
