using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>What a computer, its readers, its network or the service can have.</summary>
[Collection(Everybody.Name)]
public sealed class ComputerJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string Success = "Success: certificate renewed for smartcard";

    [Fact]
    public async Task A_computer_without_a_reader_says_so_and_carries_on_when_one_is_plugged_in()
    {
        await using var wren = await stage.Enter("reader-none");
        await stage.Agent.Do("unplug 1");
        await stage.Agent.Do("unplug 2");
        await wren.OpensStatus();
        await wren.Window.Reads("We cannot see a reader.", "Plug it in; we carry on by ourselves.");
        await stage.Agent.Do("plug 1");
        await stage.Agent.Do("plug 2");
        await wren.Window.Reads("Insert your smartcard to log in.");
        await wren.Inserts(await stage.CardOfWren());
        await wren.Window.Meets("Log in");
    }

    [Fact]
    public async Task A_card_taken_out_before_the_passcode_is_safe()
    {
        await using var wren = await stage.Enter("card-removed");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        await wren.Tab.Press("Continue");
        await wren.Tab.Meets("Confirm your passcode");
        await stage.Remove();
        await wren.Tab.Meets("The smartcard was taken out before we finished. It is safe.");
        await wren.Tab.Reads("Put it back and enter the passcode. You can also finish later on any computer.", "CARD-REMOVED");
    }

    [Fact]
    public async Task Two_cards_are_a_question()
    {
        await using var wren = await stage.Enter("cards-two");
        await wren.ComesToRenew(await stage.CardOfWren());
        await wren.Tab.Meets("Renew your smartcard");
        await stage.Remove();
        await wren.Tab.Meets("You have been logged out");
        await stage.Insert(await stage.CardOfWren());
        await stage.Insert(await stage.SampleCard("callum"), Stage.SecondReader);
        await wren.Tab.Follow("Log in again");
        await wren.Tab.Meets("Whose is yours?");
        await wren.Tab.Reads("Two smartcards are in the readers.", "Wren Holloway", "Callum Marsh");
        await wren.Tab.Choose("Callum Marsh");
        await wren.Tab.Press("Continue");
        await wren.Tab.Meets("Log in");
        await wren.Tab.Reads("Callum Marsh");
    }

    [Fact]
    public async Task While_no_certificates_can_be_made_nothing_on_the_card_changes_and_it_goes_on_later()
    {
        await using var wren = await stage.Enter("ca-down");
        var card = await stage.CardOfWren();
        await stage.Server.Do("ca off");
        try
        {
            await wren.ComesToRenew(card);
            await wren.ContinuesAndConfirms();
            await wren.Tab.Meets("Your renewal has stopped");
            await wren.Tab.Reads("We cannot make certificates just now. Nothing on your card has changed.", "Your card works until 29 January 2027.", "CA-DOWN");
        }
        finally
        {
            await stage.Server.Do("ca on");
        }

        await wren.Tab.Press("Enter your passcode and go on");
        await wren.Tab.Meets("Confirm your passcode");
        await wren.Tab.Type("Passcode", Stage.Passcode);
        await wren.Tab.Press("Confirm");
        await wren.Tab.Meets(Success);
    }

    [Fact]
    public async Task A_computer_whose_clock_is_wrong_says_so()
    {
        await using var wren = await stage.Enter("clock-wrong");
        await stage.Agent.Do("agent off");
        await stage.Agent.Do("clock -259200");
        await stage.Agent.Do("agent on");
        try
        {
            await wren.ComesToRenew(await stage.CardOfWren());
            await wren.Tab.Meets("This computer's clock is 3 days behind.");
            await wren.Tab.Reads("Ask IT to set the clock. Your card is fine.", "CLOCK-WRONG");
        }
        finally
        {
            await stage.Agent.Do("agent off");
            await stage.Agent.Do("clock now");
            await stage.Agent.Do("agent on");
        }
    }

    [Fact]
    public async Task A_computer_that_cannot_reach_the_service_says_so_and_goes_on_when_it_can()
    {
        await using var wren = await stage.Enter("service-unreachable");
        await stage.Agent.Do("network off");
        await wren.OpensStatus();
        await wren.Window.Reads("This computer cannot reach the service.");
        await stage.Insert(await stage.CardOfWren());
        await stage.Agent.Do("network on");
        await wren.Window.Reads("Connected to localhost.");
        await wren.SeesWindow();
        await wren.LogsIn();
        await wren.Window.Meets("Choose your role");
    }
}
