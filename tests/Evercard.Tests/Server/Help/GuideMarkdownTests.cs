using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Evercard.Server.Help;
using Evercard.Tests.House;

namespace Evercard.Tests.Server.Help;

public sealed class GuideMarkdownTests
{
    private static readonly GuidePicture Taken = new("log-in", Png(480, 620));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<b onclick=\"x()\">bold</b>")]
    [InlineData("text <img src=x onerror=x()> text")]
    [InlineData("[click](javascript:alert(1))")]
    [InlineData("[click](JavaScript:alert(1))")]
    [InlineData("[click](data:text/html,x)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![picture](https://elsewhere.example/x.png)")]
    [InlineData("## heading {onclick=x()}")]
    public void Nothing_but_text_passes_through(string markdown)
    {
        var html = Render(markdown);
        Regex.Matches(html, "<([a-z0-9]+)").Select(tag => tag.Groups[1].Value).Except(["h1", "h2", "p"]).ShouldBeEmpty();
        Regex.IsMatch(html, "<[^>]*(on[a-z]+=|href=)").ShouldBeFalse();
    }

    [Fact]
    public void Headings_and_lists_look_like_ours()
    {
        var html = Render("## Second\n\n1. one\n\n- two");
        html.ShouldContain("class=\"nhsuk-heading-l\">Title</h1>");
        html.ShouldContain("class=\"nhsuk-heading-m\">Second</h2>");
        html.ShouldContain("<ol class=\"nhsuk-list nhsuk-list--number\">");
        html.ShouldContain("<ul class=\"nhsuk-list nhsuk-list--bullet\">");
    }

    [Fact]
    public void A_picture_that_was_taken_is_shown_in_its_size() =>
        Render("![The window](../images/journeys/log-in.png)").ShouldContain(
            $"<img src=\"{Taken.Href}\" class=\"ev-guide-picture\" width=\"480\" height=\"620\" loading=\"lazy\" alt=\"The window\"");

    [Fact]
    public void A_picture_that_was_not_taken_yet_leaves_no_trace() => Render("![Not there](../images/journeys/none.png)").ShouldNotContain("<p>");

    [Fact]
    public void Guides_codes_and_pages_are_led_to()
    {
        var html = Render("[other](renew-your-smartcard.md), `CARD-LOCKED`, `not a code`, **Check this computer**, **not a page**");
        html.ShouldContain("<a href=\"/help/renew-your-smartcard\">other</a>");
        html.ShouldContain("<a href=\"/help/refusals/CARD-LOCKED\"><code>CARD-LOCKED</code></a>");
        html.ShouldContain("<a href=\"/check\"><strong>Check this computer</strong></a>");
        html.ShouldContain(", <code>not a code</code>");
        html.ShouldContain(", <strong>not a page</strong>");
    }

    [Fact]
    public void Every_guide_of_the_repository_is_in_the_service() =>
        Guide.All.Select(guide => guide.Name).ShouldBe(
            Directory.GetFiles(Path.Combine(Repository.Root.FullName, "docs", "guides"), "*.md").Select(Path.GetFileNameWithoutExtension)!, ignoreOrder: true);

    [Fact]
    public void Every_code_that_a_guide_names_has_its_page()
    {
        var codes = Guide.All.SelectMany(guide => Regex.Matches(guide.Html, "<code>([^<]*)</code>")).Select(match => match.Groups[1].Value).ToList();
        codes.ShouldNotBeEmpty();
        codes.Where(code => RefusalHelp.Find(code) is null).ShouldBeEmpty();
    }

    private static string Render(string markdown) =>
        GuideMarkdown.Render($"# Title\n\n{markdown}", name => name == Taken.Name ? Taken : null).Html;

    private static byte[] Png(int width, int height)
    {
        var header = new byte[24];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(20), height);
        return header;
    }
}
