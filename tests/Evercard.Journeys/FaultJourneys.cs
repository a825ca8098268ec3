using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>What stands around the card fails in the middle of a renewal: network, agent, server, authority; and the passcode, when it is finished.</summary>
[Collection(Everybody.Name)]
public sealed class FaultJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string Success = "Success: certificate renewed for smartcard";

    [Fact]
    public async Task A_network_that_is_cut_in_the_middle_is_told_and_the_renewal_finished_when_it_is_back()
    {
        await using var quincy = await stage.Enter("network-cut");
        await Begins(quincy);
        await stage.Agent.Do("network off");
        try
        {
            await quincy.OpensStatus();
            await quincy.Window.Reads("Not connected");
            await Task.Delay(4000);
            await Shows(quincy, "network");
        }
        finally
        {
            await stage.Agent.Do("network on");
        }

        await Task.Delay(4000);
        await Shows(quincy, "network-on");
        await Finishes(quincy);
    }

    [Fact]
    public async Task An_agent_that_is_killed_in_the_middle_is_told_and_greets_the_card_when_it_is_back()
    {
        await using var quincy = await stage.Enter("agent-killed");
        var card = await Begins(quincy);
        await stage.Agent.Kill();
        await Task.Delay(4000);
        await Shows(quincy, "agent");
        await stage.StopAgent();
        await stage.StartAgent();
        await quincy.Inserts(card);
        await Task.Delay(1000);
        await Shows(quincy, "agent-on");
        await quincy.Window.Meets("Finish your renewal");
        await quincy.Window.Type("Passcode", "739155");
        await quincy.Window.Press("Finish your renewal");
        await quincy.Window.Reads("That passcode is not right. You have 2 tries left.");
        await Shows(quincy, "wrong");
        await quincy.Window.Type("Passcode", Stage.Passcode);
        await quincy.Window.Press("Finish your renewal");
        await quincy.Window.Meets(Success);
        await Shows(quincy, "agent-done");
    }

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_is_told_and_the_pages_recover_when_it_is_back()
    {
        await using var quincy = await stage.Enter("server-killed");
        await Begins(quincy);
        await stage.Server.Kill();
        await Task.Delay(4000);
        await Shows(quincy, "server");
        await quincy.OpensStatus();
        await quincy.Window.Reads("Not connected");
        await Shows(quincy, "server-status");
        await stage.StartServer();
        await Task.Delay(4000);
        await Shows(quincy, "server-on");
        await Finishes(quincy);
    }

    [Fact]
    public async Task An_authority_that_fails_after_the_first_key_is_told_and_the_renewal_finished_later()
    {
        await using var quincy = await stage.Enter("ca-off");
        await quincy.ComesToRenew(await stage.SampleCard("oldrsa"), hasRoles: false);
        await stage.Agent.Do("pull-at 12");
        await quincy.ContinuesAndConfirms();
        await quincy.Tab.Meets("Your renewal has stopped");
        await stage.Server.Do("ca off");
        await Shows(quincy, "ca");
        await stage.Server.Do("ca on");
    }

    private static async Task Shows(Person person, string name)
    {
        await person.Tab.Page.ScreenshotAsync(new() { Path = $"/tmp/pf-{name}-tab.png", FullPage = true });
        await person.Window.Page.ScreenshotAsync(new() { Path = $"/tmp/pf-{name}-window.png", FullPage = true });
        Console.WriteLine($"SHOWS {name} TAB {person.Tab.Page.Url} {await person.Tab.Text()}");
        Console.WriteLine($"SHOWS {name} WINDOW {person.Window.Page.Url} {await person.Window.Text()}");
    }

    /// <summary>An old card, so slow that there is a middle.</summary>
    private async Task<string> Begins(Person quincy)
    {
        var card = await stage.SampleCard("oldrsa", "old");
        await quincy.ComesToRenew(card, hasRoles: false);
        await quincy.ContinuesAndConfirms();
        await quincy.Tab.Heading("Renewing your smartcard").WaitForAsync();
        await quincy.Tab.Page.Locator("li", new() { HasText = "Checking" }).GetByText("Done").WaitForAsync();
        return card;
    }

    private async Task Finishes(Person quincy)
    {
        await stage.Agent.Do("speed 1 instant");
        await quincy.Tab.Press("Enter your passcode and go on");
        await quincy.Tab.Meets("Confirm your passcode");
        await quincy.Tab.Type("Passcode", Stage.Passcode);
        await quincy.Tab.Press("Confirm");
        await quincy.Tab.Meets(Success);
    }
}
