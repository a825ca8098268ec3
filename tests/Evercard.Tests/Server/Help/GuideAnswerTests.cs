using System.Net;
using Evercard.Lifecycle;
using Evercard.Registry.Help;
using Evercard.Server.Help;
using Evercard.Tests.Server.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Server.Help;

/// <summary>"Did this article help you?"</summary>
public sealed class GuideAnswerTests(HelpNode node) : IClassFixture<HelpNode>
{
    private const string Article = "/help/renewal-of-an-expired-smartcard-repair";

    [Fact]
    public async Task Every_guide_asks_at_its_end_with_a_green_button()
    {
        foreach (var guide in Guide.All)
        {
            var html = (await node.Get(guide.Href)).Body;
            html.ShouldContain("Did this article help you?");
            html.ShouldContain("<button class=\"nhsuk-button\" type=\"submit\" name=\"helped\" value=\"yes\">Yes</button>");
        }
    }

    [Fact]
    public async Task An_answer_is_counted_and_thanked_for()
    {
        var before = await Answers();
        using var browser = new TestBrowser(node.Address);
        (await Answer(browser, ("helped", "yes"), ("missing", "not kept with a yes"))).Headers.Location!.OriginalString.ShouldBe(Article + "/answer");
        (await Answer(browser, ("helped", "no"), ("missing", "  How long\r\nit takes "))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Answer(browser, ("helped", "no"), ("missing", ""))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.Text(Article + "/answer")).ShouldContain("Thank you");
        var kept = (await Answers()).Where(answer => before.All(old => old.Id != answer.Id)).ToList();
        kept.Count(answer => answer.Helped).ShouldBe(1);
        kept.Count(answer => !answer.Helped).ShouldBe(2);
        kept.Select(answer => answer.Line).OfType<string>().ShouldBe(["How long it takes"]);
        kept.ShouldAllBe(answer => answer.Day == new DateOnly(2026, 11, 22) && answer.Article == "renewal-of-an-expired-smartcard-repair");
    }

    [Fact]
    public async Task What_another_page_sends_is_not_counted()
    {
        var before = (await Answers()).Count;
        using var browser = new TestBrowser(node.Address);
        (await browser.Post(Article + "/answer", ("helped", "yes"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Answers()).Count.ShouldBe(before);
    }

    [Fact]
    public async Task Neither_yes_nor_no_is_no_answer()
    {
        using var browser = new TestBrowser(node.Address);
        (await Answer(browser, ("helped", "perhaps"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await browser.Get("/help/no-such-guide/answer")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(" \t\n", null)]
    [InlineData("two\nlines", "two lines")]
    [InlineData("<b>bold</b>", "<b>bold</b>")]
    [InlineData("ring me on 01632 960 101 please", "ring me on [left out] please")]
    [InlineData("passcode 739154.", "passcode [left out].")]
    [InlineData("+44 (0)7700 900123", "[left out]")]
    [InlineData("wren@ward.example wrote", "[left out] wrote")]
    [InlineData("step 7 took 180 seconds", "step 7 took 180 seconds")]
    public void A_line_is_kept_without_what_tells_who_wrote_it(string? written, string? kept) => AnswerLine.Clean(written).ShouldBe(kept);

    [Fact]
    public void A_line_is_never_longer_than_200_characters()
    {
        AnswerLine.Clean(new string('x', 100_000))!.Length.ShouldBe(ArticleAnswer.LongestLine);
        AnswerLine.Clean(string.Concat(Enumerable.Repeat("😀", 150)).Insert(0, "x"))!.ShouldNotEndWith("\ud83d");
    }

    private static async Task<HttpResponseMessage> Answer(TestBrowser browser, params (string Name, string Value)[] fields)
    {
        var page = await (await browser.Get(Article)).Content.ReadAsStringAsync();
        return await browser.Post(Article + "/answer", [.. fields, ("__RequestVerificationToken", TestBrowser.TokenIn(page))]);
    }

    private Task<List<ArticleAnswer>> Answers() => node.Services.GetRequiredService<Database>().Read(r => r.Registry.ArticleAnswers.ToListAsync(), default);
}

public sealed class GuideAnswerLimitTests(HelpNode node) : IClassFixture<HelpNode>
{
    [Fact]
    public async Task One_address_answers_thirty_times_in_a_minute_at_most()
    {
        using var browser = new TestBrowser(node.Address);
        HttpStatusCode last = default;
        for (var i = 0; i < 31; i++)
        {
            last = (await browser.Post("/help/renew-your-smartcard/answer", ("helped", "yes"))).StatusCode;
        }

        last.ShouldBe(HttpStatusCode.TooManyRequests);
        (await browser.Get("/help/renew-your-smartcard")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
