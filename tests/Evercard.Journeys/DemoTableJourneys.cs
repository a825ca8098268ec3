using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>What anybody sees who starts ./run: the cards of the sample people, and what becomes of them.</summary>
[Collection(Everybody.Name)]
public sealed class DemoTableJourneys(Chromium chromium)
{
    private const string Newest = "Open the newest window or page";

    [Fact]
    public async Task With_the_mouse_Wrens_card_is_renewed_though_it_is_pulled_at_step_10_and_the_others_are_told_what_holds_for_them()
    {
        await using var table = await TableStage.Lay(chromium, "table-mouse");
        await table.Table.Press("10: writing the signature certificate");
        await table.Table.Reads("Pull the card out at step (now: 10)");
        await table.SeesTab(() => table.Table.Page.Locator("#start").ClickAsync());
        await LogsIn(table);
        await table.Tab.Meets("Choose your role");
        await table.Tab.Press("Continue");
        await table.Tab.Meets("Smartcard expiry");
        await table.Tab.Reads("in 68 days. Renew it now?");
        await table.Tab.Press("Yes");

        // Without a desktop the table links to what the agent opens: the log-in window first, and now the page of the renewal.
        await (await table.Back()).Reads("An earlier one (2)");
        await table.SeesTab(() => table.Table.Follow(Newest));
        await table.Tab.Meets("Renew your smartcard");
        await table.Tab.Press("Continue");
        await Confirms(table);
        await table.Tab.Meets("Your renewal has stopped");
        await table.Tab.Reads("Put your smartcard back. Your card is safe.");
        await (await table.Back()).Press("Put Wren Holloway into Reader 1");
        await table.Tab.Page.BringToFrontAsync();
        await table.Tab.Press("Enter your passcode and go on");
        await Confirms(table);
        await table.Tab.Meets("Success: certificate renewed for smartcard");

        await (await table.Back()).Reads("Wren Holloway", "In reader 1");
        await table.SeesTab(() => table.Table.Press("Show me Callum Marsh"));
        await LogsIn(table);
        await table.Tab.Meets("You are logged in");
        await (await table.Back()).Follow("The link to self-renewal");

        // This browser was Wren's a moment ago, and her card is out: it says so, and leads back to the same step for whoever is here now.
        await table.Table.Meets("You have been logged out");
        await table.Table.Follow("Log in again");
        await table.Table.Meets("You can renew this smartcard from…");
        await table.Table.Reads("Nothing to do. We will ask you when you log in.", "RENEW-EARLY");

        await table.Table.Open(table.Address);
        await table.SeesTab(() => table.Table.Press("Show me Juno Cobblepot"));
        await table.Tab.Meets("Finish your renewal");
    }

    [Fact]
    public async Task With_the_keyboard_alone_Wrens_card_is_renewed_though_it_is_pulled_at_step_10()
    {
        await using var table = await TableStage.Lay(chromium, "table-keyboard");
        await Keys(table.Table, "10: writing the signature certificate", "Enter");
        await table.Table.Reads("Pull the card out at step (now: 10)");
        await table.SeesTab(() => Keys(table.Table, "Show me Wren Holloway", "Enter"));
        await table.Tab.Meets("Log in");
        await Types(table.Tab);
        await table.Tab.Meets("Choose your role");
        await Keys(table.Tab, "Continue", "Enter");
        await table.Tab.Meets("Smartcard expiry");
        await Keys(table.Tab, "Yes", "Space");
        await (await table.Back()).Reads("An earlier one (2)");
        await table.SeesTab(() => Keys(table.Table, Newest, "Enter"));
        await table.Tab.Meets("Renew your smartcard");
        await Keys(table.Tab, "Continue", "Enter");
        await table.Tab.Meets("Confirm your passcode");
        await Types(table.Tab);
        await table.Tab.Meets("Your renewal has stopped");
        await Keys(await table.Back(), "Put Wren Holloway into Reader 1", "Enter");
        await table.Tab.Page.BringToFrontAsync();
        await Keys(table.Tab, "Enter your passcode and go on", "Enter");
        await table.Tab.Meets("Confirm your passcode");
        await Types(table.Tab);
        await table.Tab.Meets("Success: certificate renewed for smartcard");
    }

    private static async Task LogsIn(TableStage table)
    {
        await table.Tab.Meets("Log in");
        await table.Tab.Type("Passcode", Stage.Passcode);
        await table.Tab.Press("Log in");
    }

    private static async Task Confirms(TableStage table)
    {
        await table.Tab.Meets("Confirm your passcode");
        await table.Tab.Type("Passcode", Stage.Passcode);
        await table.Tab.Press("Confirm");
    }

    private static async Task Keys(Screen screen, string name, string key)
    {
        await screen.TabTo(name);
        await screen.Page.Keyboard.PressAsync(key);
    }

    private static async Task Types(Screen screen)
    {
        await screen.Page.Keyboard.TypeAsync(Stage.Passcode);
        await screen.Page.Keyboard.PressAsync("Enter");
    }
}
