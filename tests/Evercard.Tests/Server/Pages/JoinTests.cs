using System.Net;
using Evercard.Protocol;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Server.Pages;

/// <summary>DESIGN 4, joining browser and agent: each way to get in as somebody else.</summary>
public sealed class JoinTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    private const string Reader = "Reader 0";
    private const int Pages = 35_999;

    [Fact]
    public async Task A_browser_is_joined_to_the_agent_that_was_shown_its_ticket_and_gets_the_log_in_there()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address, pagesPort: Pages);
        var session = await agent.LogIn(service.Address, card, Reader);
        using var browser = new TestBrowser(service.Address);
        var code = await Claimed(agent, await Ticket(browser, agent, "/renew"), session.SessionId);
        var joined = await browser.Get($"/join?code={code}");
        joined.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        joined.Headers.Location!.OriginalString.ShouldBe("/renew");
        (await browser.Text("/")).ShouldContain("Wren Holloway");
    }

    [Fact]
    public async Task A_code_that_comes_with_another_cookie_is_burnt_and_nobody_is_logged_in()
    {
        using var agent = await BareAgent.Join(service.Address, pagesPort: Pages);
        using var victim = new TestBrowser(service.Address);
        using var attacker = new TestBrowser(service.Address);
        var code = await Claimed(agent, await Ticket(attacker, agent, "/"), null);

        // The victim's browser is sent back with the code of the attacker's ticket, and has a ticket cookie of its own.
        await Ticket(victim, agent, "/");
        (await victim.Get($"/join?code={code}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        victim["ev-session"].ShouldBeNull();
        (await attacker.Get($"/join?code={code}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        attacker["ev-session"].ShouldBeNull();
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        using var agent = await BareAgent.Join(service.Address, pagesPort: Pages);
        using var browser = new TestBrowser(service.Address);
        var code = await Claimed(agent, await Ticket(browser, agent, "/"), null);
        var cookie = browser["ev-join"]!;
        await AnswerPage(agent, browser.Get($"/join?code={code}"));
        browser.Cookies.Add(service.Address, new Cookie("ev-join", cookie));
        (await browser.Get($"/join?code={code}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Of_two_agents_that_saw_a_ticket_the_first_has_it()
    {
        using var agent = await BareAgent.Join(service.Address, pagesPort: Pages);
        using var rogue = await BareAgent.Join(service.Address, pagesPort: Pages);
        using var browser = new TestBrowser(service.Address);
        var ticket = await Ticket(browser, agent, "/");

        // The ticket names the agent that the browser knows: another one does not get it, and does not burn it either.
        await rogue.Send(new ClaimTicket("c", ticket, null));
        (await rogue.Receive<Refused>()).Code.ShouldBe("LINK-EXPIRED");
        await Claimed(agent, ticket, null);
        await agent.Send(new ClaimTicket("c", ticket, null));
        (await agent.Receive<Refused>()).Code.ShouldBe("LINK-EXPIRED");
    }

    [Fact]
    public async Task A_ticket_lasts_five_minutes_and_so_does_its_code()
    {
        using var agent = await BareAgent.Join(service.Address, pagesPort: Pages);
        using var browser = new TestBrowser(service.Address);
        var late = await Ticket(browser, agent, "/");
        service.Time.Advance(TimeSpan.FromMinutes(5.1));
        await agent.Send(new ClaimTicket("c", late, null));
        (await agent.Receive<Refused>()).Code.ShouldBe("LINK-EXPIRED");

        var code = await Claimed(agent, await Ticket(browser, agent, "/renew"), null);
        service.Time.Advance(TimeSpan.FromMinutes(5.1));
        var refused = await browser.Get($"/join?code={code}");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("/log-in?return=%2Frenew");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no-ticket")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_ticket_of_this_service_writes_nothing(string ticket)
    {
        using var agent = await BareAgent.Join(service.Address, pagesPort: Pages);
        var before = await service.Read(r => r.Registry.BrowserSessions.CountAsync());
        await agent.Send(new ClaimTicket("c", ticket.Length == 0 ? " " : ticket, null));
        (await agent.Receive<Refused>()).Code.ShouldBe("LINK-EXPIRED");
        (await service.Read(r => r.Registry.BrowserSessions.CountAsync())).ShouldBe(before);
    }

    [Fact]
    public async Task A_log_in_of_another_agent_is_not_handed_out()
    {
        var (card, _) = await service.Issue();
        using var theirs = await BareAgent.Join(service.Address, pagesPort: Pages);
        var session = await theirs.LogIn(service.Address, card, Reader);
        using var mine = await BareAgent.Join(service.Address, pagesPort: Pages);
        using var browser = new TestBrowser(service.Address);
        var code = await Claimed(mine, await Ticket(browser, mine, "/"), session.SessionId);
        await AnswerPage(mine, browser.Get($"/join?code={code}"));
        (await browser.Get("/")).Headers.Location!.OriginalString.ShouldContain("/log-in");
    }

    [Fact]
    public async Task A_browser_without_a_log_in_is_sent_to_the_agents_own_log_in_page_and_gets_another_number_after_it()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address, pagesPort: Pages);
        using var browser = new TestBrowser(service.Address);
        var code = await Claimed(agent, await Ticket(browser, agent, "/renew"), null);
        var sent = await AnswerPage(agent, browser.Get($"/join?code={code}"));
        sent.Headers.Location!.OriginalString.ShouldBe($"http://127.0.0.1:{Pages}/window/abc");
        var before = browser["ev-session"];
        await agent.LogIn(service.Address, card, Reader);
        (await browser.Get("/log-in/done?return=%2Frenew")).Headers.Location!.OriginalString.ShouldBe("/renew");
        browser["ev-session"].ShouldNotBe(before);
        (await browser.Text("/renew")).ShouldContain("Renew certificate");
    }

    /// <summary>The squatter listens on the port; it has no device key that the server was shown on this link.</summary>
    [Fact]
    public async Task No_browser_is_sent_to_an_agent_that_is_not_connected()
    {
        using var other = await BareAgent.Join(service.Address, pagesPort: Pages);
        using var browser = new TestBrowser(service.Address);
        var made = await browser.Submit($"/log-in?agent={other.Id}", ("agent", new string('a', 64)), ("return", "/"));
        made.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await made.Content.ReadAsStringAsync()).ShouldContain("Identity Agent is not running on this computer.");
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/a\r\nSet-Cookie: x")]
    public async Task No_link_leads_people_away_through_the_log_in(string wanted)
    {
        using var agent = await BareAgent.Join(service.Address, pagesPort: Pages);
        using var browser = new TestBrowser(service.Address);
        var code = await Claimed(agent, await Ticket(browser, agent, wanted), null);
        await agent.Send(new PageOpened("none", "/"));
        var sent = AnswerPage(agent, browser.Get($"/join?code={code}"), out var asked);
        await sent;
        (await asked).ReturnPath.ShouldBe("/log-in/done?return=%2F");
    }

    private static async Task<string> Ticket(TestBrowser browser, BareAgent agent, string wanted)
    {
        var sent = await browser.Submit($"/log-in?agent={agent.Id}&return={Uri.EscapeDataString(wanted)}", ("agent", agent.Id), ("return", wanted));
        sent.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var address = sent.Headers.Location!.OriginalString;
        address.ShouldStartWith($"http://127.0.0.1:{Pages}/join?ticket=");
        return Uri.UnescapeDataString(address[(address.IndexOf('=', StringComparison.Ordinal) + 1)..]);
    }

    private static async Task<string> Claimed(BareAgent agent, string ticket, string? sessionId)
    {
        await agent.Send(new ClaimTicket("c", ticket, sessionId));
        return (await agent.Receive<TicketClaimed>()).Code;
    }

    private static Task<HttpResponseMessage> AnswerPage(BareAgent agent, Task<HttpResponseMessage> asked) => AnswerPage(agent, asked, out _);

    private static Task<HttpResponseMessage> AnswerPage(BareAgent agent, Task<HttpResponseMessage> asked, out Task<OpenPage> page)
    {
        var opened = agent.Receive<OpenPage>();
        page = opened;
        return Answer();

        async Task<HttpResponseMessage> Answer()
        {
            await agent.Send(new PageOpened((await opened).RequestId, "/window/abc"));
            return await asked;
        }
    }
}
