using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>What was begun and not finished is found by the registration authority, which is told what to do.</summary>
[Collection(Everybody.Name)]
public sealed class AttentionJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string List = "Cards that need attention";

    [Fact]
    public async Task Tom_finds_whose_cards_need_attention_and_what_to_do_and_a_card_that_was_finished_is_gone()
    {
        var (toms, junos) = (await stage.SampleCard("tom"), await stage.SampleCard("juno"));
        await using (var tom = await stage.Enter("attention"))
        {
            await tom.ComesToDashboard(toms, role: null);
            await tom.Tab.Follow(List);
            await tom.Tab.Meets(List);
            await tom.Tab.Reads("1 card needs attention.");
            await stage.SampleCard("max");
            await tom.Opens("/attention");
            await tom.Tab.Meets(List, Pictures.Attention);
            await tom.Tab.Reads(
                "2 cards need attention.", "Max Tumbledown", "Any ID Checker can finish the repair, until 6 December 2026.", "Juno Cobblepot", "Renewal unfinished",
                "Ask Juno to put the card into any computer and type the passcode: the renewal is then finished in seconds, until 1 January 2027.");

            // With the keyboard alone to the person, and what happened.
            await tom.Tab.TabTo("Juno Cobblepot");
            await tom.Tab.Page.Keyboard.PressAsync("Enter");
            await tom.Tab.Meets("History of Juno Cobblepot");
            await tom.Tab.Reads("The renewal stopped (CARD-REMOVED). It can be finished.");
        }

        await stage.Remove();
        await using (var juno = await stage.Enter("attention-juno"))
        {
            await juno.Inserts(junos);
            await juno.Window.Meets("Finish your renewal");
            await juno.Window.Type("Passcode", Stage.Passcode);
            await juno.Window.Press("Finish your renewal");
            await juno.Window.Meets("Success: certificate renewed for smartcard");
        }

        await stage.Remove();
        await using var again = await stage.Enter("attention-again", withScript: false);
        await again.ComesToDashboard(toms, role: null, withScript: false);
        await again.Opens("/attention");
        await again.Tab.Meets(List);
        await again.Tab.Reads("1 card needs attention.", "Max Tumbledown");
        await again.Tab.DoesNotRead("Juno Cobblepot");
    }
}
