using Evercard.Agent.Pages.Join;
using Evercard.Protocol;

namespace Evercard.Tests.Agent.Pages;

public sealed class JoinPageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nLocation: x")]
    [InlineData("<script>")]
    [InlineData("../renew")]
    public async Task Strange_tickets_are_not_sent_on(string ticket)
    {
        JoinModel.IsTicket(ticket).ShouldBeFalse();
        await using var pages = await PagesUnderTest.Start(withCard: false);
        var page = await pages.Get("/join?ticket=" + Uri.EscapeDataString(ticket));
        page.Status.ShouldBe(400);
        page.Text.ShouldContain("LINK-EXPIRED");
        page.Text.ShouldContain("/log-in?agent=");
    }

    [Fact]
    public async Task A_ticket_is_told_to_the_server_and_the_browser_goes_back_with_the_code()
    {
        await using var pages = await PagesUnderTest.Start(withCard: false);
        var answer = await pages.Get("/join?ticket=abc-_123", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document");
        answer.Status.ShouldBe(303);
        answer.Location.ShouldBe($"{pages.Server.Address.GetLeftPart(UriPartial.Authority)}/join?code=code-1");
        var claim = await pages.Server.Requests.Next<ClaimTicket>();
        (claim.Ticket, claim.SessionId).ShouldBe(("abc-_123", null));
    }

    [Fact]
    public async Task The_ticket_brings_the_log_in_of_this_computer()
    {
        await using var pages = await PagesUnderTest.Start();
        pages.Server.Requests.OnLogIn = (_, request) => Task.FromResult<Message>(PagesUnderTest.Wren(request));
        await pages.LoggedIn();
        await pages.Get("/join?ticket=abc");
        (await pages.Server.Requests.Next<ClaimTicket>()).SessionId.ShouldBe("s-1");
    }

    [Fact]
    public async Task The_server_knows_where_the_pages_are()
    {
        await using var pages = await PagesUnderTest.Start(withCard: false);
        pages.Connection.PagesPort.ShouldBe(pages.Computer.Pages!.Address.Port);
    }
}
