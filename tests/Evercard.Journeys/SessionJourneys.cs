using System.Diagnostics;
using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>Roles, logging out, and what people do with two tabs, two browsers and impatience.</summary>
[Collection(Everybody.Name)]
public sealed class SessionJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string Success = "Success: certificate renewed for smartcard";

    [Fact]
    public async Task Six_roles_have_a_search_box()
    {
        await using var hal = await stage.Enter("hal");
        await hal.Inserts(await stage.SampleCard("hal"));
        await hal.LogsIn();
        await hal.Window.Meets("Choose your role");
        await hal.Window.Type("Find a role", "Puddle");
        await hal.Window.Press("Find");
        await hal.Window.Reads("Locum pharmacist, Puddlewick Surgery (demo)");
        await hal.Window.DoesNotRead("Thistledown");
        await hal.Window.Press("Continue");
        await hal.Window.Meets("Smartcard expiry");
        await hal.Window.Press("No");
        await hal.OpensStatus();
        await hal.Window.Reads("Yes: Locum pharmacist, Puddlewick Surgery (demo)");
    }

    [Fact]
    public async Task A_role_is_switched_from_the_browser_and_both_sides_know_it()
    {
        await using var wren = await stage.Enter("switch-role");
        await wren.Inserts(await stage.CardOfWren());
        await wren.LogsIn();
        await wren.Window.Meets("Choose your role");
        await wren.Window.Choose("Staff nurse, Ward 4, Thistledown Hospitals (demo)");
        await wren.Window.Press("Continue");
        await wren.Window.Meets("Smartcard expiry");
        await wren.Window.Press("Yes");
        await wren.SeesTab();
        await wren.Tab.Meets("Renew your smartcard");
        await wren.Tab.Follow("Dashboard");
        await wren.Tab.Meets("Dashboard");
        await wren.Tab.Reads("Staff nurse, Ward 4");
        await wren.Tab.Follow("Switch role");
        await wren.Tab.Meets("Switch role");
        await wren.Tab.Press("Choose another role");
        await wren.Tab.Meets("Choose your role");
        await wren.Tab.Choose("Staff nurse, Outpatients, Thistledown Hospitals (demo)");
        await wren.Tab.Press("Continue");
        await wren.Tab.Meets("Dashboard");
        await wren.Tab.Reads("Staff nurse, Outpatients");
        await wren.OpensStatus();
        await wren.Window.Reads("Yes: Staff nurse, Outpatients");
    }

    [Fact]
    public async Task Logging_out_in_the_browser_logs_out_at_the_agent()
    {
        await using var wren = await stage.Enter("log-out");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        await wren.OpensStatus();
        await wren.Tab.Press("Log out");
        await wren.Tab.Meets("You have been logged out");
        await wren.Tab.Reads("You logged out at 8:");
        await wren.Window.Reads("Logged in No");
    }

    [Fact]
    public async Task Taking_the_card_out_logs_the_browser_out_within_two_seconds()
    {
        await using var wren = await stage.Enter("card-out");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        var since = Stopwatch.GetTimestamp();
        await stage.Remove();
        await wren.Tab.Heading("You have been logged out").WaitForAsync();
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        await wren.Tab.Meets("You have been logged out");
        await wren.Tab.Reads("Your smartcard was removed at 8:");
    }

    [Fact]
    public async Task Impatient_double_clicks_make_one_act()
    {
        await using var wren = await stage.Enter("double-click");
        var before = await stage.Audited("RenewalRequested");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        await wren.Tab.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Continue" }).DblClickAsync();
        await wren.Tab.Meets("Confirm your passcode");
        await wren.Tab.Type("Passcode", Stage.Passcode);
        await wren.Tab.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Confirm" }).DblClickAsync();
        await wren.Tab.Meets(Success);
        (await stage.Audited("RenewalRequested")).ShouldBe(before + 1);
    }

    [Fact]
    public async Task The_back_button_after_the_success_renews_nothing_twice()
    {
        await using var wren = await stage.Enter("back-button");
        var before = await stage.Audited("RenewalRequested");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.ContinuesAndConfirms();
        await wren.Tab.Meets(Success);
        await wren.Tab.Page.GoBackAsync();
        await wren.Tab.Reads("This is done");
        await wren.Tab.Follow("Continue");
        await wren.Tab.Meets(Success);
        (await stage.Audited("RenewalRequested")).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Two_tabs_make_one_act()
    {
        await using var wren = await stage.Enter("two-tabs");
        var before = await stage.Audited("RenewalRequested");
        await wren.ComesToRenew(await stage.CardOfWren());
        var first = wren.Tab;
        await first.Meets("Renew your smartcard");
        await first.Press("Continue");
        await first.Meets("Confirm your passcode");
        var second = await wren.Opens("/renew");
        await wren.ContinuesAndConfirms();
        await second.Meets(Success);
        await first.Meets("This is done");
        await first.Follow("Continue");
        await first.Meets(Success);
        (await stage.Audited("RenewalRequested")).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_second_browser_of_the_same_person_sees_the_same_renewal()
    {
        await using var wren = await stage.Enter("two-browsers");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        await wren.OpensStatus();
        var link = await wren.Window.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Renew my smartcard" }).GetAttributeAsync("href");
        await using var other = new Person(stage, await stage.Chromium.Fresh(withScript: true), new PageCheck("two-browsers-other"));
        await other.Opens(link!);
        await other.ContinuesAndConfirms();
        await other.Tab.Meets(Success);
        await wren.Tab.Press("Continue");
        await wren.Tab.Reads("already renewed", "Nothing to do.");
    }
}
