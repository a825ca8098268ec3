using Evercard.Agent.Pages.Guard;
using Evercard.Tests.Server;

namespace Evercard.Tests.Agent.Pages;

/// <summary>The attack table of DESIGN 4, as far as these pages are concerned: raw requests against real pages, and a card that must notice nothing.</summary>
public sealed class GuardTests
{
    private const string Host = "127.0.0.1:35960";
    private static readonly RequestFacts Navigation = new("GET", Host, null, "cross-site", "navigate", "document", null, IsOwnUser: true);
    private static readonly RequestFacts Form = new(
        "POST", Host, "http://" + Host, "same-origin", "navigate", "document", "application/x-www-form-urlencoded", IsOwnUser: true);

    [Fact]
    public void A_navigation_and_a_form_of_the_pages_own_are_allowed()
    {
        RequestRules.Judge(Navigation, Host).ShouldBe(GuardVerdict.Allowed);
        RequestRules.Judge(Form, Host).ShouldBe(GuardVerdict.Allowed);
        RequestRules.Judge(Form with { FetchSite = null, FetchMode = null, FetchDest = null }, Host).ShouldBe(GuardVerdict.Allowed, "older browsers");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:35961")]
    [InlineData("localhost:35960")]
    [InlineData("attacker.example:35960")]
    [InlineData("127.0.0.1:35960.attacker.example")]
    public void Another_host_is_never_served(string? host)
    {
        RequestRules.Judge(Navigation with { Host = host }, Host).ShouldBe(GuardVerdict.OtherHost);
        RequestRules.Judge(Form with { Host = host }, Host).ShouldBe(GuardVerdict.OtherHost);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("http://localhost:35960")]
    [InlineData("https://127.0.0.1:35960")]
    [InlineData("http://127.0.0.1:35961")]
    [InlineData("http://attacker.example")]
    public void A_form_from_anywhere_else_is_foreign(string? origin) =>
        RequestRules.Judge(Form with { Origin = origin }, Host).ShouldBe(GuardVerdict.ForeignForm);

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    public void A_form_that_the_browser_calls_foreign_is_foreign(string site) =>
        RequestRules.Judge(Form with { FetchSite = site }, Host).ShouldBe(GuardVerdict.ForeignForm);

    [Theory]
    [InlineData("iframe")]
    [InlineData("frame")]
    [InlineData("embed")]
    [InlineData("object")]
    public void A_page_inside_another_is_not_drawn(string destination) =>
        RequestRules.Judge(Navigation with { FetchDest = destination }, Host).ShouldBe(GuardVerdict.Framed);

    [Theory]
    [InlineData("cors", "empty", "cross-site")]
    [InlineData("no-cors", "image", "cross-site")]
    [InlineData("no-cors", "script", "same-site")]
    [InlineData("websocket", "websocket", "cross-site")]
    public void Other_sites_scripts_and_images_get_nothing(string mode, string destination, string site) =>
        RequestRules.Judge(Navigation with { FetchMode = mode, FetchDest = destination, FetchSite = site }, Host).ShouldBe(GuardVerdict.NotANavigation);

    [Fact]
    public void The_pages_own_script_may_look_again() =>
        RequestRules.Judge(Navigation with { FetchMode = "cors", FetchDest = "empty", FetchSite = "same-origin" }, Host).ShouldBe(GuardVerdict.Allowed);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json")]
    [InlineData(null)]
    public void Only_plain_forms_are_read(string? contentType) =>
        RequestRules.Judge(Form with { ContentType = contentType }, Host).ShouldBe(GuardVerdict.OtherContent);

    [Theory]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public void Other_methods_are_none(string method) => RequestRules.Judge(Navigation with { Method = method }, Host).ShouldBe(GuardVerdict.OtherMethod);

    [Fact]
    public async Task Three_foreign_posts_leave_the_tries_as_they_were()
    {
        await using var pages = await PagesUnderTest.Start();
        var asked = 0;
        pages.Server.Requests.OnLogIn = (_, request) =>
        {
            asked++;
            return RecordingRequests.Refusing(request.RequestId, "PASSCODE-WRONG");
        };
        var window = await pages.NextWindow();
        var page = await pages.Get(window);
        var body = $"token={page.Token}&card={page.Card}&do=log-in&passcode=111222";
        string[] own = ["Sec-Fetch-Site: same-origin", $"Origin: {pages.Origin}"];
        string[][] foreign =
        [
            ["Origin: null"], [], ["Origin: http://attacker.example"], [$"Origin: {pages.Origin}", "Sec-Fetch-Site: cross-site"],
            [.. own, "Sec-Fetch-Dest: iframe"], [.. own, "Content-Type: text/plain"],
        ];
        foreach (var headers in foreign)
        {
            var answer = await pages.PostRaw(window, body, headers);
            answer.Status.ShouldBeOneOf(403, 415);
            answer.Text.ShouldContain("Nothing was done.");
        }

        (await pages.PostRaw(window, body, [.. own, "Host: attacker.example"])).Status.ShouldBe(400);
        (await pages.PostRaw(window, body.Replace(page.Token, "x"), own)).Status.ShouldBe(400);
        (await pages.PostRaw(window, "passcode=111222", own)).Status.ShouldBe(400);
        asked.ShouldBe(0);
        pages.TriesLeft.ShouldBe(3);
    }

    [Fact]
    public async Task A_form_that_was_used_does_nothing_again()
    {
        await using var pages = await PagesUnderTest.Start();
        var asked = 0;
        pages.Server.Requests.OnLogIn = (_, request) =>
        {
            asked++;
            return RecordingRequests.Refusing(request.RequestId, "PASSCODE-WRONG");
        };
        var window = await pages.NextWindow();
        var page = await pages.Get(window);
        await pages.Post(window, page, "log-in", "passcode=111222");
        var again = await pages.Get(window);
        (await pages.Post(window, page, "log-in", "passcode=333444")).Location.ShouldBe(window, "the answer that the first one had");
        await pages.Post(window, again, "again");
        (await pages.Post(window, page, "log-in", "passcode=333444")).Status.ShouldBe(400);
        asked.ShouldBe(1);
    }

    [Theory]
    [InlineData("token=%")]
    [InlineData("=x")]
    [InlineData("token=a&token=b")]
    [InlineData("TOKEN=a")]
    [InlineData("\0\0\0")]
    public async Task A_malformed_form_is_refused_with_a_page(string body)
    {
        await using var pages = await PagesUnderTest.Start();
        var answer = await pages.PostRaw(await pages.NextWindow(), body, $"Origin: {pages.Origin}");
        answer.Status.ShouldBe(400);
        answer.Text.ShouldContain("Nothing was done.");
    }

    [Fact]
    public async Task A_form_that_is_too_long_is_refused()
    {
        await using var pages = await PagesUnderTest.Start();
        var answer = await pages.PostRaw(await pages.NextWindow(), "token=" + new string('a', 9_000), $"Origin: {pages.Origin}");
        answer.Status.ShouldBeOneOf(400, 413);
    }

    [Fact]
    public async Task Another_user_of_the_computer_is_sent_to_the_own_tray_icon()
    {
        await using var pages = await PagesUnderTest.Start(isOwnUser: false);
        foreach (var path in new[] { "/", "/join?ticket=abc", await pages.NextWindow() })
        {
            var answer = await pages.Get(path);
            answer.Status.ShouldBe(403);
            answer.Text.ShouldContain("AGENT-OTHER");
        }
    }

    [Fact]
    public async Task Pages_are_for_the_own_user_kept_nowhere_framed_by_nobody_and_set_no_cookie()
    {
        await using var pages = await PagesUnderTest.Start();
        var page = await pages.Get(await pages.NextWindow());
        page.Status.ShouldBe(200, "the real look at /proc/net/tcp found the own user");
        page.Head.ShouldContain("frame-ancestors 'none'");
        page.Head.ShouldContain($"form-action 'self' {pages.Server.Address.GetLeftPart(UriPartial.Authority)};");
        page.Head.ShouldContain("Cache-Control: no-store");
        page.Head.ShouldContain("Referrer-Policy: same-origin");
        page.Head.ShouldNotContain("Set-Cookie", Case.Insensitive);
        page.Head.ShouldNotContain("\nServer:", Case.Insensitive);
        (await pages.Get("/window/" + new string('A', 43))).Status.ShouldBe(404);
    }
}
