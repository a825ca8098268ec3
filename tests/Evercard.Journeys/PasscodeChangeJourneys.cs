using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>Change my passcode, from the agent's own page and from the browser.</summary>
[Collection(Everybody.Name)]
public sealed class PasscodeChangeJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string New = "826047";

    [Fact]
    public async Task Easy_or_different_passcodes_change_nothing_and_a_good_one_is_the_passcode_from_then_on()
    {
        await using var wren = await stage.Enter("change-passcode");
        var card = await stage.CardOfWren();
        await wren.Inserts(card);
        await wren.LogsInAndAnswers("No");
        await wren.OpensStatus();
        await wren.Window.Press("Change my passcode");
        await Asks(wren.Window, New, "826048");
        await wren.Window.Reads("There is a problem", "The two passcodes are not the same.", "Nothing has changed.");
        await Asks(wren.Window, "123456", "123456");
        await wren.Window.Reads("There is a problem", "That passcode is too easy to guess.", "Do not use a birthday.");
        await Asks(wren.Window, New, New);
        await wren.Window.Meets("Your passcode is changed");
        await stage.Remove();
        await wren.Inserts(card);
        await wren.LogsIn(Stage.Passcode);
        await wren.Window.Reads("That passcode is not right. You have 2 tries left.");
        await wren.LogsIn(New);
        await wren.Window.Meets("Choose your role");
    }

    [Fact]
    public async Task The_browser_leads_to_the_agents_page_and_back()
    {
        await using var wren = await stage.Enter("change-passcode-browser");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        await wren.Tab.Follow("Dashboard");
        await wren.Tab.Meets("Dashboard");
        await wren.Tab.Follow("Change your passcode");
        await wren.Tab.Meets("Change your passcode");
        await wren.Tab.Press("Continue");
        await Asks(wren.Tab, New, New);
        await wren.Tab.Meets("Your passcode is changed");
    }

    private static async Task Asks(Screen screen, string chosen, string again)
    {
        await screen.Meets("Change your passcode");
        await screen.Type("Present passcode", Stage.Passcode);
        await screen.Type("New passcode", chosen);
        await screen.Type("New passcode again", again);
        await screen.Press("Confirm");
    }
}
