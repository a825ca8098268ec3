using System.Net;
using System.Text.RegularExpressions;
using Evercard.Registry.People;
using Evercard.Server.Help;

namespace Evercard.Tests.Server.Help;

public sealed class HelpPageTests(HelpNode node) : IClassFixture<HelpNode>
{
    private const int SeeOther = 302;

    private static readonly string[] Paths =
        ["/help", "/help?q=expired", "/help?q=xyzzy", "/help/refusals", "/check", .. Guide.All.Select(guide => guide.Href), .. RefusalHelp.All.Select(page => page.Href)];

    public static TheoryData<string> Pages() => [.. Paths];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_one_heading_that_is_its_title(string path)
    {
        var (status, html) = await node.Get(path);
        status.ShouldBe(200);
        var heading = Regex.Matches(html, "<h1[^>]*>(?<text>.*?)</h1>", RegexOptions.Singleline).ShouldHaveSingleItem().Groups["text"].Value.Trim();
        Regex.Match(html, "<title>(.*?)</title>").Groups[1].Value.ShouldStartWith(heading);
        Regex.IsMatch(HelpNode.Content(html), "<script|<style| style=| on[a-z]+=").ShouldBeFalse();
    }

    /// <summary>All pages at once: most links stand on several of them.</summary>
    [Fact]
    public async Task Every_link_leads_somewhere()
    {
        var links = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in Paths)
        {
            links.UnionWith(Regex.Matches((await node.Get(path)).Body, "(?:href|src)=\"([^\"]+)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)));
        }

        links.Count.ShouldBeGreaterThan(RefusalHelp.All.Count);
        foreach (var link in links.Where(link => link != "#main"))
        {
            link.ShouldStartWith("/");
            (await node.Get(link)).Status.ShouldBeOneOf([200, SeeOther], link);
        }
    }

    [Theory]
    [InlineData("/help/no-such-guide")]
    [InlineData("/help/refusals/NO-SUCH-CODE")]
    [InlineData("/help/pictures/no-such-picture.png")]
    [InlineData("/help/..%2F..%2Fevercard.db")]
    [InlineData("/help/pictures/..%2F..%2Flog-in.png")]
    public async Task What_is_not_there_is_a_page_that_says_so(string path)
    {
        var (status, html) = await node.Get(path);
        status.ShouldBe(404);
        html.ShouldContain("There is no such page");
    }

    [Fact]
    public async Task Who_is_not_logged_in_reads_how_to_find_help()
    {
        var main = HelpNode.Content((await node.Get("/help")).Body);
        main.ShouldContain("/log-in?return=%2Fhelp");
        main.ShouldContain("IT support");
    }

    [Fact]
    public async Task What_was_searched_for_is_shown_as_text() =>
        (await node.Get("/help?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")).Body.ShouldNotContain("<script>alert");

    [Fact]
    public void Contacts_of_an_organisation_are_its_lines_and_keep_their_order()
    {
        var organisation = new Organisation { Code = "DEMO1", Name = "Thistledown Hospitals (demo)", IdCheckers = "Priya Saltmarsh, main reception\n01632 960101" };
        Contact.Of(organisation).Select(contact => contact.From).ShouldBe(Contact.Of(null).Select(contact => contact.From));
        Contact.Of(organisation, HelpFrom.IdChecker)!.Lines.ShouldBe(["Priya Saltmarsh, main reception", "01632 960101"]);
        Contact.Of(organisation, HelpFrom.Yourself).ShouldBeNull();
    }
}
