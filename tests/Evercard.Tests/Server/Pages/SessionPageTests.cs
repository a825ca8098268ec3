using System.Net;
using Evercard.Protocol;
using Evercard.Tests.Journey;

namespace Evercard.Tests.Server.Pages;

/// <summary>Pages of a browser that is logged in, and how that ends.</summary>
public sealed class SessionPageTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    private const string Reader = "Reader 0";

    [Fact]
    public async Task Taking_the_card_out_logs_the_browser_out_and_says_when()
    {
        var (agent, browser) = await LoggedIn();
        using (agent)
        using (browser)
        {
            (await browser.Get("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
            await agent.Send(new CardGone(Reader, 1));
            await agent.Send(new LogOut("in-order"));
            var sent = await UntilRedirected(browser, "/renew");
            sent.ShouldBe("/logged-out?return=%2Frenew");
            var page = await browser.Text(sent);
            page.ShouldContain("You have been logged out");
            page.ShouldContain($"Your smartcard was removed at {Evercard.Lifecycle.Expiry.TimeInWords(service.Time.GetUtcNow(), service.Options.TimeZone)}.");
            page.ShouldContain("/log-in?return=%2Frenew");
        }
    }

    [Fact]
    public async Task Logging_out_in_the_browser_tells_the_agent()
    {
        var (agent, browser) = await LoggedIn();
        using (agent)
        using (browser)
        {
            var page = await (await browser.Get("/")).Content.ReadAsStringAsync();
            page.ShouldContain("action=\"/log-out\"");
            (await Out(browser, page)).Headers.Location!.OriginalString.ShouldBe("/logged-out");
            (await agent.Receive<SessionEnded>()).SessionHash.Length.ShouldBe(64);
            (await browser.Text("/logged-out")).ShouldContain("You logged out at");
        }
    }

    [Fact]
    public async Task After_half_an_hour_without_a_page_the_browser_is_logged_out_and_a_page_or_the_button_keeps_it()
    {
        var (agent, browser) = await LoggedIn();
        using (agent)
        using (browser)
        {
            for (var i = 0; i < 3; i++)
            {
                service.Time.Advance(TimeSpan.FromMinutes(20));
                (await browser.Get("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
            }

            var page = await (await browser.Get("/")).Content.ReadAsStringAsync();
            service.Time.Advance(TimeSpan.FromMinutes(29));
            (await browser.Post("/session/extend", ("__RequestVerificationToken", TokenOf(page)))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            service.Time.Advance(TimeSpan.FromMinutes(29));
            (await browser.Get("/")).StatusCode.ShouldBe(HttpStatusCode.OK);
            service.Time.Advance(TimeSpan.FromMinutes(31));
            (await browser.Get("/")).Headers.Location!.OriginalString.ShouldContain("/log-in");
        }
    }

    /// <summary>A cookie that was stolen opens pages; an act needs the card's own computer.</summary>
    [Fact]
    public async Task A_cookie_replayed_elsewhere_is_led_to_the_computer_with_the_card_and_asks_nobody_else_for_a_passcode()
    {
        var (agent, browser) = await LoggedIn();
        using var thief = new TestBrowser(service.Address);
        using (agent)
        using (browser)
        {
            thief.Cookies.Add(service.Address, new Cookie("ev-session", browser["ev-session"]!));
            var asked = thief.Submit("/renew", ("service", "renew"));
            var page = await agent.Receive<OpenPage>();
            page.Reader.ShouldBe(Reader);
            await agent.Send(new PageOpened(page.RequestId, "/act/xyz"));
            (await asked).Headers.Location!.OriginalString.ShouldBe("http://127.0.0.1:35998/act/xyz");
            await agent.Send(new CardGone(Reader, 1));
            (await UntilRedirected(thief, "/")).ShouldContain("/logged-out");
        }
    }

    [Fact]
    public async Task Continue_without_a_choice_asks_for_one()
    {
        var (agent, browser) = await LoggedIn();
        using (agent)
        using (browser)
        {
            var page = await (await browser.Submit("/renew", ("service", "something"))).Content.ReadAsStringAsync();
            page.ShouldContain("There is a problem");
            page.ShouldContain("<title>Error: Renew your smartcard");
        }
    }

    [Fact]
    public async Task An_agent_that_does_not_answer_is_missing_and_no_browser_is_sent_there()
    {
        var (agent, browser) = await LoggedIn();
        using (browser)
        {
            var asked = browser.Submit("/renew", ("service", "renew"));
            await agent.Receive<OpenPage>();
            agent.Dispose();
            (await (await asked).Content.ReadAsStringAsync()).ShouldContain("AGENT-MISSING");
        }
    }

    private Task<(BareAgent Agent, TestBrowser Browser)> LoggedIn() => LoggedInBrowser.Of(service);

    /// <summary>The agent's word is on its way: the page is asked for until it has arrived.</summary>
    private static async Task<string> UntilRedirected(TestBrowser browser, string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var answer = await browser.Get(path);
            if (answer.Headers.Location is { } location)
            {
                return location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static Task<HttpResponseMessage> Out(TestBrowser browser, string page) => browser.Post("/log-out", ("__RequestVerificationToken", TokenOf(page)));

    private static string TokenOf(string page)
    {
        const string Before = "data-extend-token=\"";
        var at = page.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        return page[at..page.IndexOf('"', at)];
    }
}
