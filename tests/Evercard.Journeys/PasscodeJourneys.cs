using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>Wrong passcodes, forgotten ones, and what is no passcode at all.</summary>
[Collection(Everybody.Name)]
public sealed class PasscodeJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string Wrong = "111222";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Wrong_passcodes_tell_the_tries_left_pause_before_the_last_and_lock_the_card(bool withScript)
    {
        await using var wren = await stage.Enter($"wrong-passcode{(withScript ? "" : "-no-script")}", withScript);
        await wren.Inserts(await stage.CardOfWren());
        await wren.LogsIn(Wrong);
        await wren.Window.Reads("There is a problem", "That passcode is not right. You have 2 tries left.");
        (await wren.Window.Page.TitleAsync()).ShouldStartWith("Error: Log in");
        (await wren.Window.Page.GetByLabel("Passcode", new() { Exact = true }).InputValueAsync()).ShouldBeEmpty();
        await wren.LogsIn(Wrong);
        await wren.Window.Meets("You have 1 try left");
        await wren.Window.Reads("Another wrong passcode locks the smartcard.", "PASSCODE-LAST");
        await wren.Window.Press("Use my last try");
        await wren.LogsIn(Wrong);
        await wren.Window.Meets("This smartcard is locked: the passcode was wrong…");
        await wren.Window.Reads("CARD-LOCKED", "unlock");
    }

    [Fact]
    public async Task What_is_no_passcode_uses_no_try()
    {
        await using var wren = await stage.Enter("passcode-format");
        await wren.Inserts(await stage.CardOfWren());
        foreach (var typed in new[] { "12", "", "12ab56", "123456789" })
        {
            await wren.LogsIn(typed);
            await wren.Window.Reads("There is a problem", "A passcode is 6 to 8 digits.");
        }

        await wren.Window.Reads("You have 3 tries.");
        await wren.LogsIn();
        await wren.Window.Meets("Choose your role");
    }

    [Fact]
    public async Task Forgotten_your_passcode_says_who_can_unlock()
    {
        await using var wren = await stage.Enter("passcode-forgotten");
        await wren.Inserts(await stage.CardOfWren());
        await wren.Window.Meets("Log in");
        await wren.Window.Follow("Forgotten your passcode?");
        await wren.Window.Meets("You do not need to guess.");
        await wren.Window.Reads("The tries that you have left stay unused.", "PASSCODE-FORGOTTEN");
        await wren.Window.Follow("Back");
        await wren.Window.Meets("Log in");
    }

    [Fact]
    public async Task A_wrong_passcode_at_the_renewal_is_told_there_and_the_renewal_goes_on()
    {
        await using var wren = await stage.Enter("wrong-passcode-renewal");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        await wren.Tab.Press("Continue");
        await wren.Tab.Meets("Confirm your passcode");
        await wren.Tab.Type("Passcode", Wrong);
        await wren.Tab.Press("Confirm");
        await wren.Tab.Reads("That passcode is not right. You have 2 tries left.");
        await wren.Tab.Meets("Confirm your passcode");
        await wren.Tab.Type("Passcode", Stage.Passcode);
        await wren.Tab.Press("Confirm");
        await wren.Tab.Meets("Success: certificate renewed for smartcard");
    }
}
