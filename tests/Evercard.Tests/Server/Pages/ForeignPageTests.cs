using System.Net;
using Evercard.Tests.Journey;

namespace Evercard.Tests.Server.Pages;

/// <summary>What other sites' pages, and forged headers, get from the service: nothing.</summary>
public sealed class ForeignPageTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost:1")]
    [InlineData("127.0.0.1.evil.example:80")]
    public async Task A_page_answers_to_its_own_name_only(string host)
    {
        using var browser = new TestBrowser(service.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, "/log-in"));
        request.Headers.Host = host;
        (await browser.Send(request)).StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    [Theory]
    [InlineData("cross-site", "navigate", "document")]
    [InlineData("same-site", "cors", "empty")]
    public async Task What_another_sites_page_posts_is_refused(string site, string mode, string destination)
    {
        using var agent = await BareAgent.Join(service.Address, pagesPort: 1);
        using var browser = new TestBrowser(service.Address);
        var sent = await browser.Send("/log-in", [("agent", agent.Id)], request =>
        {
            request.Headers.Remove("Sec-Fetch-Site");
            request.Headers.Add("Sec-Fetch-Site", site);
            request.Headers.Add("Sec-Fetch-Mode", mode);
            request.Headers.Add("Sec-Fetch-Dest", destination);
        });
        sent.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    public async Task A_post_with_a_foreign_origin_is_refused(string origin)
    {
        using var browser = new TestBrowser(service.Address);
        var sent = await browser.Send("/log-in", [], request =>
        {
            request.Headers.Remove("Origin");
            request.Headers.Add("Origin", origin);
        });
        sent.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("iframe")]
    [InlineData("object")]
    public async Task No_page_is_put_into_a_frame(string destination)
    {
        using var browser = new TestBrowser(service.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, "/log-in"));
        request.Headers.Add("Sec-Fetch-Dest", destination);
        (await browser.Send(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing_and_says_so()
    {
        using var agent = await BareAgent.Join(service.Address, pagesPort: 1);
        using var browser = new TestBrowser(service.Address);
        var sent = await browser.Post("/log-in", ("agent", agent.Id), ("return", "/"));
        sent.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        browser["ev-join"].ShouldBeNull();
        (await sent.Content.ReadAsStringAsync()).ShouldContain("This page had become too old");
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/renew/done/%01")]
    [InlineData("/help/../../etc/passwd")]
    [InlineData("/renew/done/EV-AAAA-AA")]
    public async Task An_address_that_leads_nowhere_shows_a_page_with_a_way_on(string path)
    {
        using var browser = new TestBrowser(service.Address);
        var answer = await browser.Get(path);
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("href=\"/\"");
    }

    [Fact]
    public async Task A_program_gets_a_problem_detail_instead_of_a_page()
    {
        using var browser = new TestBrowser(service.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service.Address, "/nowhere"));
        request.Headers.Add("Accept", "application/json");
        var answer = await browser.Send(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whoever_is_not_logged_in_is_led_to_the_log_in_and_back()
    {
        using var browser = new TestBrowser(service.Address);
        (await browser.Get("/urswebapp/?operation=selfRenewSmartcard")).Headers.Location!.OriginalString.ShouldBe("/renew");
        (await browser.Get("/renew")).Headers.Location!.OriginalString.ShouldEndWith("/log-in?return=%2Frenew");
    }

    [Fact]
    public async Task An_oversized_field_is_refused()
    {
        using var browser = new TestBrowser(service.Address);
        var sent = await browser.Submit("/log-in", ("return", "/" + new string('a', 5_000)), ("agent", new string('f', 5_000)));
        ((int)sent.StatusCode).ShouldBeInRange(200, 499);
        (await sent.Content.ReadAsStringAsync()).ShouldNotContain(new string('a', 500));
    }
}
