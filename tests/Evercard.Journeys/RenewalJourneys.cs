using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>The story that all the rest is for: a nurse renews her smartcard in under a minute, without asking anyone.</summary>
[Collection(Everybody.Name)]
public sealed class RenewalJourneys(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task Wren_is_told_that_her_card_expires_says_yes_confirms_her_passcode_and_tests_the_renewed_card()
    {
        await using var wren = await stage.Enter("renewal");
        var card = await stage.CardOfWren();
        await wren.Inserts(card);
        await wren.Window.Meets("Log in", Pictures.LogIn);
        await wren.Window.Type("Passcode", Stage.Passcode);
        await wren.Window.Press("Log in");
        await wren.Window.Meets("Smartcard expiry", Pictures.Notice);
        await wren.Window.Press("Yes");
        await wren.Window.Meets("You are logged in");
        await wren.SeesTab();
        await wren.Tab.Meets("Renew your smartcard", Pictures.Renew);
        await wren.Tab.Press("Continue");
        await wren.Tab.Meets("Confirm your passcode", Pictures.Confirm);
        await wren.Tab.Type("Passcode", Stage.Passcode);
        await wren.Tab.Press("Confirm");
        await wren.Tab.Meets("Success: certificate renewed for smartcard", Pictures.Success);
        await stage.Remove();
        await wren.Tab.Reads("Put it back in");
        await wren.Inserts(card);
        await wren.LogsIn();
        await wren.Tab.Reads("Your smartcard works. Log-in confirmed 8:0");
    }
}
