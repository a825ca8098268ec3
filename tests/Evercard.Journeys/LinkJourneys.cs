using System.Diagnostics;
using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>The ways into the browser: by the agent, by a link, with an agent that is there, off, too old or somebody else's.</summary>
[Collection(Everybody.Name)]
public sealed class LinkJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string Link = "/urswebapp/?operation=selfRenewSmartcard";

    [Fact]
    public async Task After_No_the_window_shows_the_link_and_copies_it()
    {
        await using var wren = await stage.Enter("no");
        await wren.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await wren.Inserts(await stage.CardOfWren());
        await wren.LogsInAndAnswers("No");
        await wren.Window.Meets("Smartcard expiry");
        await wren.Window.Reads(stage.Service + Link, "We'll ask again next time you log in.");
        await wren.Window.Press("Copy link");
        await wren.Window.Reads("Copied");
        (await wren.Window.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe(stage.Service + Link);
    }

    [Fact]
    public async Task A_link_in_a_browser_that_knows_no_agent_waits_and_the_same_tab_goes_on_after_the_log_in()
    {
        await using var wren = await stage.Enter("cold-link");
        var cold = await wren.Opens(Link);
        await cold.Meets("Log in with your smartcard", Pictures.Insert);
        await cold.Reads("Insert your smartcard. Identity Agent will open this page for you.");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        await cold.Meets("Renew your smartcard");
    }

    [Fact]
    public async Task A_link_in_a_browser_that_is_logged_in_leads_to_the_renewal_itself()
    {
        await using var wren = await stage.Enter("warm-link");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        await wren.Tab.Follow("Dashboard");
        await wren.Tab.Meets("Dashboard", Pictures.Dashboard);
        await wren.Opens(Link);
        await wren.Tab.Meets("Renew your smartcard");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_the_agent_the_page_waits_and_goes_on_by_itself_when_it_comes(bool withScript)
    {
        await using var wren = await stage.Enter($"agent-off{(withScript ? "" : "-no-script")}", withScript);
        var card = await stage.CardOfWren();
        await wren.ComesToRenew(card);
        if (!withScript)
        {
            await wren.Tab.Press("Continue");
        }

        await wren.Tab.Meets("Renew your smartcard");
        var before = await stage.Audited("LoggedOut");
        await stage.Remove();
        if (withScript)
        {
            await wren.Tab.Meets("You have been logged out");
        }

        // Otherwise the log-in only waits for a computer that was lost.
        await Until.True(async () => await stage.Audited("LoggedOut") > before, "the end of the log-in");
        await stage.Agent.Do("agent off");
        try
        {
            await wren.Opens(Link);
            await wren.Tab.Meets("You have been logged out");
            await wren.Tab.Follow("Log in again");
            await wren.Tab.Meets("Identity Agent is not running on this computer.", withScript ? Pictures.AgentMissing : null);
            await wren.Tab.Reads("Start it: Start menu, Identity Agent.", "This page waits, and goes on by itself.");
        }
        finally
        {
            await stage.Agent.Do("agent on");
        }

        await stage.Insert(card);
        if (!withScript)
        {
            await wren.Tab.Meets("Connecting to Identity Agent");
            await wren.Tab.Press("Continue");
        }

        await wren.Tab.Meets("Log in");
        await wren.Tab.Type("Passcode", Stage.Passcode);
        await wren.Tab.Press("Log in");
        await wren.Tab.Meets("Choose your role");
        await wren.Tab.Press("Continue");
        await wren.Tab.Meets("Renew your smartcard");
    }

    [Fact]
    public async Task An_agent_that_is_too_old_still_logs_in_and_the_page_says_what_to_ask_for()
    {
        await using var wren = await stage.Enter("agent-old");
        await stage.Agent.Do("agent on 0.0.1");
        try
        {
            await wren.ComesToRenew(await stage.CardOfWren());
            await wren.Tab.Meets("Identity Agent 0.0.1 is too old for this.");
            await wren.Tab.Reads("Ask IT for", "You can still log in.");
        }
        finally
        {
            await stage.Agent.Do("agent on");
        }
    }

    [Fact]
    public async Task A_ticket_that_is_too_old_costs_one_click()
    {
        await using var wren = await stage.Enter("old-ticket", withScript: false);
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Connecting to Identity Agent");
        var form = wren.Context.APIRequest.CreateFormData();
        foreach (var field in new[] { "agent", "return", "__RequestVerificationToken" })
        {
            form.Append(field, await wren.Tab.Page.Locator($"main form input[name={field}]").GetAttributeAsync("value") ?? "");
        }

        var sent = await wren.Context.APIRequest.PostAsync(stage.Service + "/log-in", new() { Form = form, MaxRedirects = 0 });
        sent.Status.ShouldBe(303);
        await stage.Pass(TimeSpan.FromMinutes(6));
        await wren.Tab.Open(sent.Headers["location"]);
        await wren.Tab.Meets("This page was open for more than 5 minutes.");
        await wren.Tab.Follow("Log in again");
        await wren.Tab.Meets("Connecting to Identity Agent");
        await wren.Tab.Press("Continue");
        await wren.Tab.Meets("Dashboard");
    }

    [Fact]
    public async Task The_agent_of_another_user_of_this_computer_shows_nothing()
    {
        Environment.UserName.ShouldBe("root", "Only root can ask as another user: run ./test as root.");
        using var asked = Process.Start(new ProcessStartInfo("runuser", ["-u", "nobody", "--", "curl", "--silent", "--max-time", "10", stage.AgentPages])
        {
            UseShellExecute = false, RedirectStandardOutput = true,
        })!;
        var page = await asked.StandardOutput.ReadToEndAsync();
        await asked.WaitForExitAsync();
        page.ShouldContain("The Identity Agent that answered belongs to another user of this computer.");
        page.ShouldContain("Start from your own tray icon.");
        page.ShouldNotContain("<form");
    }
}
