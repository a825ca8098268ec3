using System.Text.RegularExpressions;
using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>Somebody rings the service desk with a reference; and people read what was done with their smartcards.</summary>
[Collection(Everybody.Name)]
public sealed partial class DeskJourneys(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task Moira_reads_what_happened_to_a_renewal_that_stopped()
    {
        var card = await stage.CardOfWren();
        string reference;
        await using (var wren = await stage.Enter("desk-wren"))
        {
            await wren.ComesToRenew(card);
            await stage.Agent.Do("pull-at 10");
            await wren.ContinuesAndConfirms();
            await wren.Tab.Meets("Your renewal has stopped");
            await wren.Tab.Reads("EV-");
            reference = Reference().Match(await wren.Tab.Text()).Value;
            reference.ShouldNotBeEmpty();
        }

        await using var moira = await stage.Enter("desk");
        await moira.Inserts(await stage.SampleCard("moira"));
        await moira.LogsIn();
        await moira.FollowsToNewTab(moira.Window, "Open Care Identity Service");
        await moira.Tab.Meets("Dashboard");
        await moira.Tab.Follow("Enter a reference");
        await moira.Tab.Meets("Enter a reference");
        await moira.Tab.Type("Reference", "EV 0000 00");
        await moira.Tab.Press("Find");
        await moira.Tab.Meets("Enter a reference");
        await moira.Tab.Reads("There is a problem", "That is not a reference");
        await moira.Tab.Type("Reference", reference.ToLowerInvariant().Replace('-', ' '));
        await moira.Tab.Press("Find");
        await moira.Tab.Meets("What happened");
        await moira.Tab.Reads(reference, "W. H., Thistledown Hospitals (demo)", "What to say", "in the last hour");
        await moira.Tab.DoesNotRead("Holloway");

        await moira.Opens("/history");
        await moira.Tab.Meets("History of your smartcard");
        await moira.Tab.Reads("Verified", "Logged in with the smartcard", "WARD4-PC2");
    }

    [Fact]
    public async Task A_guide_asks_whether_it_helped_also_without_script()
    {
        await using var anybody = await stage.Enter("guide-answer", withScript: false);
        await anybody.Opens("/help/renewal-of-an-expired-smartcard-repair");
        await anybody.Tab.Meets("Renewal of an Expired Smartcard (Repair)");
        await anybody.Tab.Reads("Download PDF version", "Did this article help you?");
        await anybody.Tab.Type("If not, what was missing? (optional)", "How long it takes");
        await anybody.Tab.Press("No");
        await anybody.Tab.Meets("Thank you");
    }

    [GeneratedRegex("EV-[0-9A-Z]{4}-[0-9A-Z]{2}")]
    private static partial Regex Reference();
}
