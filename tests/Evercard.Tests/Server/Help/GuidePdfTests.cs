using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Evercard.Server.Help;
using Evercard.Tests.House;

namespace Evercard.Tests.Server.Help;

/// <summary>Page and PDF of a guide come from one source, and tell one version and date.</summary>
public sealed class GuidePdfTests(HelpNode node) : IClassFixture<HelpNode>
{
    private const string Repair = "renewal-of-an-expired-smartcard-repair";

    private static readonly string Folder = Path.Combine(Repository.Root.FullName, "docs", "guides");

    private static readonly Dictionary<string, string> Manifest =
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Folder, "manifest.json")))!;

    public static TheoryData<string> Editions() => [.. Guide.All.Where(guide => guide.Edition is not null).Select(guide => guide.Name)];

    [Theory]
    [MemberData(nameof(Editions))]
    public void A_PDF_is_as_new_as_its_source(string name)
    {
        Manifest.GetValueOrDefault(name + ".md").ShouldBe(Hash(name + ".md"), $"{name}.md has changed since it was printed: give it a new version and date, then run ./test --guides.");
        Manifest.GetValueOrDefault(name + ".pdf").ShouldBe(Hash(name + ".pdf"), $"{name}.pdf is not the one that was printed: run ./test --guides.");
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public async Task A_guide_with_an_edition_tells_it_and_ends_with_its_PDF(string name)
    {
        var guide = Guide.Find(name)!;
        guide.Html.ShouldMatch($"</h1>\\s*<p class=\"nhsuk-body-s\">{Regex.Escape(guide.Edition!.InWords)}</p>");
        var last = Regex.Match(guide.Html, "<p>(?:(?!<p>).)*$", RegexOptions.Singleline).Value;
        last.ShouldContain("Download PDF version</a>");
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(node.Address, Regex.Match(last, "href=\"([^\"]+)\"").Groups[1].Value));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        answer.Headers.CacheControl!.Public.ShouldBeTrue();
        (await answer.Content.ReadAsByteArrayAsync()).AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
    }

    [Fact]
    public void The_repair_guide_has_the_name_that_people_know()
    {
        var guide = Guide.Find(Repair)!;
        guide.Title.ShouldBe("Renewal of an Expired Smartcard (Repair)");
        guide.Edition.ShouldNotBeNull();
    }

    [Fact]
    public void The_lines_in_front_of_a_guide_tell_its_edition() =>
        GuideEdition.Read("---\nversion: \"2.1\"\ndate: 2027-03-03\n---\n# Title").ShouldBe((new GuideEdition("2.1", new DateOnly(2027, 3, 3)), "# Title"));

    [Fact]
    public void A_guide_needs_no_edition() => GuideEdition.Read("# Title\n\n---\n").ShouldBe((null, "# Title\n\n---\n"));

    [Theory]
    [InlineData("---\nversion: 1\n---\n# Title")]
    [InlineData("---\ndate: 2027-03-03\n---\n# Title")]
    [InlineData("---\nversion: 1\ndate: 3 March 2027\n---\n# Title")]
    public void Half_an_edition_is_a_fault(string source) => Should.Throw<FormatException>(() => GuideEdition.Read(source));

    [Fact]
    public async Task A_PDF_that_was_never_printed_is_not_found() => (await node.Get("/help/renew-your-smartcard.pdf")).Status.ShouldBe(404);

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, file))));
}
