using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>The story that all the rest is for: a nurse renews her smartcard in under a minute, without asking anyone.</summary>
[Collection(Everybody.Name)]
public sealed class RenewalJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string Success = "Success: certificate renewed for smartcard";

    [Fact]
    public async Task Wren_is_told_that_her_card_expires_says_yes_confirms_her_passcode_and_tests_the_renewed_card()
    {
        await using var wren = await stage.Enter("renewal");
        var card = await stage.SampleCard("wren");
        await wren.Inserts(card);
        await wren.Window.Meets("Log in", Pictures.LogIn);
        await wren.Window.Reads("Wren Holloway");
        await wren.Window.Type("Passcode", Stage.Passcode);
        await wren.Window.Press("Log in");
        await wren.Window.Meets("Choose your role", Pictures.Role);
        await wren.Window.Choose("Staff nurse, Outpatients, Thistledown Hospitals (demo)");
        await wren.Window.Press("Continue");
        await wren.Window.Meets("Smartcard expiry", Pictures.Notice);
        await wren.Window.Reads("Your smartcard expires on 29 January 2027, in 68 days. Renew it now?");
        await wren.Window.Press("Yes");
        await wren.Window.Meets("You are logged in");
        await wren.SeesTab();
        await wren.Tab.Meets("Renew your smartcard", Pictures.Renew);
        await wren.Tab.Reads("Wren Holloway", "0412 7731", "29 January 2027, in 68 days", "Keep your smartcard in the reader");
        await wren.Tab.Press("Continue");
        await wren.Tab.Meets("Confirm your passcode", Pictures.Confirm);
        await wren.Tab.Reads("You are renewing smartcard 0412 7731 for localhost.");
        await wren.Tab.Type("Passcode", Stage.Passcode);
        await wren.Tab.Press("Confirm");
        await wren.Tab.Meets(Success, Pictures.Success);
        await wren.Tab.Reads("It now works until 22 November 2028");
        await stage.Remove();
        await wren.Tab.Reads("✓ Take your smartcard out");
        await wren.Inserts(card);
        await wren.LogsIn();
        await wren.Tab.Reads("Your smartcard works. Log-in confirmed 8:");
        await wren.Tab.Meets(Success, Pictures.Tested);
        (await stage.Audited("RenewalCompleted")).ShouldBe(1);
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        await using var wren = await stage.Enter("renewal-keyboard");
        await wren.Inserts(await stage.CardOfWren());
        await wren.Window.Meets("Log in");

        // The field has the focus: she begins to type.
        await wren.Window.Page.Keyboard.TypeAsync(Stage.Passcode);
        await wren.Window.Page.Keyboard.PressAsync("Enter");
        await wren.Window.Meets("Choose your role");
        await wren.Window.TabTo("Continue");
        await wren.Window.Page.Keyboard.PressAsync("Enter");
        await wren.Window.Meets("Smartcard expiry");
        await wren.Window.TabTo("Yes");
        await wren.Window.Page.Keyboard.PressAsync("Space");
        await wren.SeesTab();
        await wren.Tab.Meets("Renew your smartcard");
        await wren.Tab.TabTo("Continue");
        await wren.Tab.Page.Keyboard.PressAsync("Enter");
        await wren.Tab.Meets("Confirm your passcode");
        await wren.Tab.Page.Keyboard.TypeAsync(Stage.Passcode);
        await wren.Tab.Page.Keyboard.PressAsync("Enter");
        await wren.Tab.Meets(Success);
    }

    [Fact]
    public async Task Without_script_the_pages_wait_and_go_on_all_the_same()
    {
        await using var wren = await stage.Enter("renewal-no-script", withScript: false);
        var card = await stage.CardOfWren();
        await wren.Inserts(card);
        await wren.LogsInAndAnswers("Yes");
        await wren.SeesTab();
        await wren.Tab.Meets("Connecting to Identity Agent");
        await wren.Tab.Press("Continue");
        await wren.ContinuesAndConfirms();
        await wren.Tab.Meets(Success);
        await stage.Remove();
        await wren.Tab.Reads("✓ Take your smartcard out");
        await wren.Inserts(card);
        await wren.LogsIn();
        await wren.Tab.Reads("Your smartcard works. Log-in confirmed 8:");
    }
}
