using System.Net;
using System.Text.RegularExpressions;
using Evercard.Look;
using Microsoft.AspNetCore.Html;

namespace Evercard.Tests.Look;

public sealed class LayoutTests
{
    private static readonly PanelView Success = new("Success: certificate renewed for smartcard", "It is valid until 3 March 2027.");

    [Fact]
    public async Task A_page_has_title_skip_link_heading_and_help()
    {
        var html = await Html(WholeView.Of(Success), frame => frame.HelpHref = "/get-help");

        html.ShouldContain("<html lang=\"en\">");
        html.ShouldContain("<title>Success: certificate renewed for smartcard – Care Identity Service</title>");
        html.ShouldContain("href=\"#main\">Skip to main content</a>");
        html.ShouldContain("id=\"main\"");
        html.ShouldContain("href=\"/get-help\">Get help</a>");
        Regex.Count(html, "<h1").ShouldBe(1);
        Regex.Count(html, "role=\"status\"").ShouldBe(1);
        html.IndexOf("ev-status", StringComparison.Ordinal).ShouldBeLessThan(html.IndexOf("<main", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_runs_inline_and_nothing_comes_from_elsewhere()
    {
        var html = await Html(WholeView.Of(Refusal, 403), Full);

        html.ShouldNotContain("<style");
        html.ShouldNotContain("style=");
        Regex.Matches(html, "<script[^>]*>").Select(match => match.Value).ShouldAllBe(tag => tag.Contains(" src=\"/look/look.js?v="));
        Regex.IsMatch(html, @"\son[a-z]+=").ShouldBeFalse();
        Regex.IsMatch(html, @"(src|href)=""(https?:)?//").ShouldBeFalse();
    }

    [Fact]
    public async Task The_frame_draws_what_it_was_given_and_nothing_else()
    {
        var html = await Html(WholeView.Of(Success), Full);
        foreach (var there in new[]
        {
            "Demonstration. Not an NHS service.", "The service closes at 6pm.", "Wren &amp; Co, Staff nurse", "action=\"/log-out\"", "name=\"token\"",
            "Log out</button>", "aria-current=\"page\"", "Version 1.2.3", "Ask the desk", "data-live=\"/live\"", "id=\"ev-ends\"",
            "data-ends-at=\"2026-11-28T08:30:00.000Z\"", "data-extend=\"/stay\"", "data-extend-token=\"secret\"",
            "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>",
        })
        {
            html.ShouldContain(there);
        }

        var bare = await Html(WholeView.Of(Success));
        foreach (var absent in new[] { "ev-banner", "ev-notice", "Log out", "<nav", "Version", "data-live", "data-ends-at", "ev-ends", "http-equiv" })
        {
            bare.ShouldNotContain(absent);
        }
    }

    [Fact]
    public async Task A_window_names_reader_and_card_holder_and_has_no_navigation()
    {
        var html = await Html(WholeView.Of(Success), frame =>
        {
            Full(frame);
            (frame.IsWindow, frame.ServiceName, frame.ReaderName, frame.CardHolder) = (true, "Identity Agent", "Desk reader 00", "Wren Holloway");
        });

        html.ShouldContain("class=\"ev-window\"");
        html.ShouldContain("Desk reader 00");
        html.ShouldContain("Wren Holloway");
        html.ShouldNotContain("<nav");
        html.ShouldContain("Get help");
    }

    [Fact]
    public async Task A_page_that_moves_on_needs_no_script() =>
        (await Html(WholeView.Of(Success), frame => frame.GoTo = "/next?a=1&b=2"))
            .ShouldContain("<meta http-equiv=\"refresh\" content=\"0; url=/next?a=1&amp;b=2\">");

    [Fact]
    public async Task A_refusal_says_what_is_true_what_to_do_and_its_code()
    {
        var html = await Html(WholeView.Of(Refusal, 403));

        var places = new[] { "Your smartcard is locked", "Unlock it with a code.", "Nothing on it is lost.", "CARD-LOCKED", "EV-2K7Q-4M" }
            .Select(text => html.LastIndexOf(text, StringComparison.Ordinal)).ToList();
        places.ShouldAllBe(place => place > 0);
        places.ShouldBeInOrder();
        html.ShouldContain("<a class=\"nhsuk-button\" href=\"/unlock\">Unlock</a>");
        Regex.Count(html, "__RequestVerificationToken").ShouldBe(1, "the framework's token, where the page brought none of its own");
    }

    [Fact]
    public async Task Each_step_says_its_state_in_words()
    {
        var steps = new StepList([new("Checking", StepState.Done), new("Log-in certificate", StepState.Now), new("Proving it works", StepState.Waiting)])
        {
            Elapsed = "12 seconds",
            Since = new DateTimeOffset(2026, 11, 28, 8, 4, 0, TimeSpan.Zero),
            Estimate = "about 15 seconds left",
        };
        var html = await Html(WholeView.Of(steps, "Renewing your smartcard"));

        Regex.Matches(html, "ev-step-state\">([^<]+)<").Select(match => match.Groups[1].Value).ShouldBe(["Done", "Under way", "Waiting"]);
        html.ShouldContain("data-announce=\"Step 2 of 3: Log-in certificate\"");
        html.ShouldContain("data-since=\"2026-11-28T08:04:00.000Z\">12 seconds<");
        html.ShouldContain("about 15 seconds left");
        html.ShouldContain(">Renewing your smartcard</h1>");
    }

    private static readonly RefusalView Refusal = new("CARD-LOCKED", "Your smartcard is locked", "Unlock it with a code.")
    {
        Reference = "EV-2K7Q-4M",
        HelpLines = ["Nothing on it is lost."],
        Actions = [new("Unlock", "/unlock"), new("Try again", "/again", IsPost: true), new("Stop", "/stop", IsPost: true, new HtmlString("<input type=\"hidden\" name=\"own\">"))],
    };

    private static void Full(PageFrame frame)
    {
        frame.Banner = "Demonstration. Not an NHS service. Do not enter real details.";
        frame.Notice = "The service closes at 6pm.";
        frame.Navigation = [new("Renew", "/renew", IsCurrent: true), new("Unlock", "/unlock")];
        frame.SignedInAs = "Wren & Co, Staff nurse";
        frame.LogOutAction = "/log-out";
        frame.LogOutToken = new HtmlString("<input type=\"hidden\" name=\"token\" value=\"x\">");
        frame.Version = "1.2.3";
        frame.ContactsHtml = new HtmlString("<p>Ask the desk</p>");
        frame.EndsAt = new DateTimeOffset(2026, 11, 28, 8, 30, 0, TimeSpan.Zero);
        frame.ExtendAction = "/stay";
        frame.ExtendToken = "secret";
        frame.LiveAddress = "/live";
        frame.RefreshSeconds = 5;
    }

    private static async Task<string> Html(WholeView page, Action<PageFrame>? frame = null)
    {
        await using var program = await LookProgram.StartAsync(page, frame);
        using var answer = await program.Browser.GetAsync(new Uri("/page", UriKind.Relative));
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldContain("</html>");
        return html.Replace("&#x2013;", WebUtility.HtmlDecode("&#x2013;"), StringComparison.Ordinal);
    }
}
