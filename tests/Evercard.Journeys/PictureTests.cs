using System.Text.RegularExpressions;
using Evercard.Journeys.Support;

namespace Evercard.Journeys;

public sealed partial class PictureTests
{
    [Fact]
    public void Every_picture_of_the_guides_is_there_and_no_other()
    {
        Pictures.Manifest().Keys.ShouldBe(Pictures.Guide, ignoreOrder: true);
        Directory.EnumerateFiles(Pictures.Folder, "*.png").Select(Path.GetFileNameWithoutExtension).ShouldBe(Pictures.Guide, ignoreOrder: true);
    }

    [Fact]
    public void The_guides_show_pictures_that_are_taken() =>
        Directory.EnumerateFiles(Repository.At("docs", "guides"), "*.md").Append(Repository.At("README.md"))
            .SelectMany(file => Named().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).Distinct()
            .ShouldBeSubsetOf(Pictures.Guide);

    [GeneratedRegex(@"images/journeys/([a-z-]+)\.png")]
    private static partial Regex Named();
}
