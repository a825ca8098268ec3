using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>The card is pulled in the middle, and nothing is lost.</summary>
[Collection(Everybody.Name)]
public sealed class InterruptedJourneys(Stage stage) : IClassFixture<Stage>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_card_pulled_at_step_10_is_put_back_and_the_passcode_typed_again(bool withScript)
    {
        await using var wren = await stage.Enter($"pulled{(withScript ? "" : "-no-script")}", withScript);
        var card = await stage.CardOfWren();
        await stage.Agent.Do("pull-at 10");
        await ComesToRenew(wren, card, withScript);
        await wren.ContinuesAndConfirms();
        await wren.Tab.Meets("Your renewal has stopped");
        await wren.Tab.Reads("Put your smartcard back. Your card is safe.");
        await wren.Tab.Meets("Your renewal has stopped", withScript ? Pictures.PutBack : null);
        await stage.Insert(card);
        await wren.Tab.Press("Enter your passcode and go on");
        await wren.Tab.Meets("Confirm your passcode");
        await wren.Tab.Type("Passcode", Stage.Passcode);
        await wren.Tab.Press("Confirm");
        await wren.Tab.Meets("Success: certificate renewed for smartcard");
    }

    [Fact]
    public async Task A_slow_card_shows_named_steps_with_the_time_gone_and_the_time_left()
    {
        // RSA keys in an old card take long enough to look at the page, axe too.
        await using var quincy = await stage.Enter("slow-card");
        await quincy.ComesToRenew(await stage.SampleCard("oldrsa", "old"), hasRoles: false);
        await quincy.ContinuesAndConfirms();
        await quincy.Tab.Heading("Renewing your smartcard").WaitForAsync();
        await quincy.Tab.Page.Locator("li", new() { HasText = "Checking" }).GetByText("Done").WaitForAsync();
        await quincy.Tab.Meets("Renewing your smartcard", Pictures.Renewing);
        await quincy.Tab.Reads("Signature certificate", "Log-in certificate", "Proving it works", "Elapsed:", "left", "Keep your smartcard in the reader");
        await stage.Remove();
        await quincy.Tab.Reads("Put your smartcard back. Your card is safe.");
    }

    [Fact]
    public async Task A_card_that_is_not_put_back_within_a_minute_is_logged_out_and_finished_later()
    {
        await using var wren = await stage.Enter("not-put-back");
        var card = await stage.CardOfWren();
        await stage.Agent.Do("pull-at 10");
        await ComesToRenew(wren, card, withScript: true);
        await wren.ContinuesAndConfirms();
        await wren.Tab.Meets("Your renewal has stopped");
        await stage.Pass(TimeSpan.FromSeconds(70));
        await wren.Tab.Meets("You have been logged out", Pictures.LoggedOut);
        await wren.Tab.Reads("Your smartcard was removed at 8:", "Your renewal is not lost, and your card is safe.", "Log in again");
        await wren.Inserts(card);
        await wren.Window.Meets("Finish your renewal", Pictures.Finish);
        await wren.Window.Reads("Your renewal on WARD4-PC2 stopped at 8:");
        await wren.Window.Type("Passcode", Stage.Passcode);
        await wren.Window.Press("Finish your renewal");
        await wren.Window.Meets("Success: certificate renewed for smartcard");
    }

    private static async Task ComesToRenew(Person wren, string card, bool withScript)
    {
        await wren.ComesToRenew(card);
        if (!withScript)
        {
            await wren.Tab.Press("Continue");
        }
    }
}
