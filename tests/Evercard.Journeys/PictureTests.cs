using Evercard.Journeys.Support;

namespace Evercard.Journeys;

public sealed class PictureTests
{
    [Fact]
    public void Every_picture_of_the_guides_is_there_and_no_other()
    {
        Pictures.Manifest().Keys.ShouldBe(Pictures.Guide, ignoreOrder: true);
        Directory.EnumerateFiles(Pictures.Folder, "*.png").Select(Path.GetFileNameWithoutExtension).ShouldBe(Pictures.Guide, ignoreOrder: true);
    }
}
