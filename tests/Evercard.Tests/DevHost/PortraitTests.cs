using System.Text;
using System.Xml.Linq;
using Evercard.DevHost.SampleCards;

namespace Evercard.Tests.DevHost;

public sealed class PortraitTests
{
    private static readonly SamplePerson[] Pictured = [.. SamplePeople.All.Where(p => p.Hair is not null)];

    [Fact]
    public void No_two_people_look_the_same() =>
        Pictured.Select(p => Convert.ToHexString(Portrait.Of(p.Uuid, p.Hair!.Value))).Distinct().Count().ShouldBe(Pictured.Length);

    [Fact]
    public void A_person_always_looks_the_same() =>
        Portrait.Of(SamplePeople.Wren.Uuid, HairCut.Bob).ShouldBe(Portrait.Of(SamplePeople.Wren.Uuid, HairCut.Bob));

    [Fact]
    public void A_portrait_is_a_small_drawing_without_script_style_or_links()
    {
        string[] shapes = ["svg", "rect", "path", "circle", "ellipse", "g"];
        foreach (var person in Pictured)
        {
            var picture = Portrait.Of(person.Uuid, person.Hair!.Value);
            picture.Length.ShouldBeLessThan(3_000, person.FullName);
            var elements = XDocument.Parse(Encoding.UTF8.GetString(picture)).Descendants().ToList();
            elements.Select(e => e.Name.LocalName).Distinct().Except(shapes).ShouldBeEmpty();
            elements.SelectMany(e => e.Attributes()).Select(a => a.Name.LocalName)
                .Where(name => name.StartsWith("on", StringComparison.Ordinal) || name is "href" or "style" or "src")
                .ShouldBeEmpty();
        }
    }

    [Fact]
    public void Only_Ned_has_no_photograph_on_file() =>
        SamplePeople.All.Where(p => p.Hair is null).ShouldBe([SamplePeople.Ned]);
}
