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
            await quincy.Tab.Reads("Identity Agent cannot be reached. Your card is safe.", "Check that this computer has a network");
            await quincy.Tab.Meets("Your renewal has stopped");
            await quincy.OpensStatus();
            await quincy.Window.Reads("This computer cannot reach the service.");
        }
        finally
        {
            await stage.Agent.Do("network on");
        }

        await Finishes(quincy);
    }

    [Fact]
    public async Task An_agent_that_is_killed_in_the_middle_greets_the_card_when_it_is_back_and_a_mistyped_passcode_costs_one_try()
    {
        await using var quincy = await stage.Enter("agent-killed");
        var card = await Begins(quincy);
        await stage.Agent.Kill();
        await quincy.Tab.Reads("Identity Agent cannot be reached. Your card is safe.", "that Identity Agent runs: Start menu, Identity Agent.", "This page waits");
        await quincy.Tab.Meets("Your renewal has stopped");
        await stage.StopAgent();
        await stage.StartAgent();
        await quincy.Inserts(card);
        await stage.Agent.Do("speed 1 instant");
        await quincy.Window.Meets("Finish your renewal");
        await quincy.Window.Type("Passcode", "739155");
        await quincy.Window.Press("Finish your renewal");
        await quincy.Window.Reads("That passcode is not right. You have 2 tries left.");
        await quincy.Window.Type("Passcode", Stage.Passcode);
        await quincy.Window.Press("Finish your renewal");
        await quincy.Window.Meets(Success);
        await quincy.Tab.Meets(Success);
    }

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_is_told_and_the_pages_recover_when_it_is_back()
    {
        await using var quincy = await stage.Enter("server-killed");
        await Begins(quincy);
        await stage.Server.Kill();
        await quincy.Tab.Reads("This page gets no answer. It tries again by itself. What was begun can be finished.");
        await quincy.OpensStatus();
        await quincy.Window.Reads("This computer cannot reach the service.");
        await stage.StartServer();
        await quincy.Tab.Meets("Your renewal has stopped");
        await quincy.Tab.Reads("The service was interrupted. Your card is safe.", "Enter your passcode and go on.", "SERVICE-FAILED");
        await quincy.Tab.DoesNotRead("This page gets no answer");
        await quincy.Window.Reads("Connected to localhost.");
        await Finishes(quincy);
    }

    [Fact]
    public async Task An_authority_that_fails_is_told_with_what_the_card_can_still_do_and_the_renewal_finished_later()
    {
        await using var quincy = await stage.Enter("authority-off");
        var card = await stage.SampleCard("oldrsa", "old");
        await stage.Server.Do("ca off");
        try
        {
            await quincy.ComesToRenew(card, hasRoles: false);
            await quincy.ContinuesAndConfirms();
            await quincy.Tab.Meets("Your renewal has stopped");
            await quincy.Tab.Reads("We cannot make certificates just now. Nothing on your card has changed.", "Your card works until 21 January 2027.", "CA-DOWN");
            await stage.Server.Do("ca on");
            await GoesOn(quincy);
            await IsUnderWay(quincy);
            await stage.Server.Do("ca off");
            await stage.Agent.Do("speed 1 instant");
            await quincy.Tab.Meets("Your renewal has stopped");
            await quincy.Tab.Reads("We cannot make certificates just now. Your card is safe.", "Finish the renewal later, on any computer.", "CA-DOWN");
        }
        finally
        {
            await stage.Server.Do("ca on");
        }

        await Finishes(quincy);
    }

    /// <summary>An old card, so slow that there is a middle.</summary>
    private async Task<string> Begins(Person quincy)
    {
        var card = await stage.SampleCard("oldrsa", "old");
        await quincy.ComesToRenew(card, hasRoles: false);
        await quincy.ContinuesAndConfirms();
        await IsUnderWay(quincy);
        return card;
    }

    private static async Task IsUnderWay(Person quincy)
    {
        await quincy.Tab.Heading("Renewing your smartcard").WaitForAsync();
        await quincy.Tab.Page.Locator("li", new() { HasText = "Checking" }).GetByText("Done").WaitForAsync();
    }

    private async Task Finishes(Person quincy)
    {
        await stage.Agent.Do("speed 1 instant");
        await GoesOn(quincy);
        await quincy.Tab.Meets(Success);
    }

    private static async Task GoesOn(Person quincy)
    {
        await quincy.Tab.Press("Enter your passcode and go on");
        await quincy.Tab.Meets("Confirm your passcode");
        await quincy.Tab.Type("Passcode", Stage.Passcode);
        await quincy.Tab.Press("Confirm");
    }
}
