using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>Where people look who are stuck: help, guides, what a message means, Check this computer.</summary>
[Collection(Everybody.Name)]
public sealed class HelpJourneys(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task Help_needs_no_log_in_and_finds_a_message_by_its_code()
    {
        await using var anybody = await stage.Enter("help");
        await anybody.Opens("/help");
        await anybody.Tab.Meets("Get help");
        await anybody.Tab.Type("What do you need help with?", "CARD-LOCKED");
        await anybody.Tab.Press("Search");
        await anybody.Tab.Meets("Search the help");
        await anybody.Tab.Reads("found");
        foreach (var guide in new[] { ("/help/renew-your-smartcard", "Renew your smartcard"), ("/help/what-to-do-when-it-does-not-work", "What to do when it does not work") })
        {
            await anybody.Opens(guide.Item1);
            await anybody.Tab.Meets(guide.Item2);
        }

        await anybody.Opens("/help/refusals");
        await anybody.Tab.Meets("What a message means");
    }

    [Fact]
    public async Task Check_this_computer_says_at_a_glance_that_it_is_ready()
    {
        await using var wren = await stage.Enter("check");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        await wren.Opens("/check");
        await wren.Tab.Meets("Check this computer", Pictures.Check);
        await wren.Tab.Reads("WARD4-PC2", "Virtual reader 1");
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/renew/done/EV-AAAA-AA")]
    public async Task An_address_that_leads_nowhere_leads_back(string address)
    {
        await using var wren = await stage.Enter("nowhere");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        (await wren.Tab.Open(stage.Service + address)).ShouldBe(404);
        await wren.Tab.Follow("Go to the dashboard");
        await wren.Tab.Meets("Dashboard");
    }
}
