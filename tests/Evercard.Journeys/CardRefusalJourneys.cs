using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>What a card can have against it, and what the person then reads: what is true, and what to do.</summary>
[Collection(Everybody.Name)]
public sealed class CardRefusalJourneys(Stage stage) : IClassFixture<Stage>
{
    [Theory]
    [InlineData("rosa", "This smartcard expired on 10 November 2026 and cannot log in.", "Take the card and photo ID to an ID Checker.", "CARD-EXPIRED")]
    [InlineData("odile", "This smartcard is locked: the passcode was wrong…", "unlock", "CARD-LOCKED")]
    [InlineData("ivo", "This smartcard is locked and expired.", "One visit to an ID Checker does both.", "LOCKED-EXPIRED")]
    [InlineData("sol-old", "This smartcard was cancelled…", "Use your newer card (ends 8810)", "CARD-CANCELLED")]
    [InlineData("blank", "This smartcard has nothing on it.", "Give it to your registration authority.", "CARD-BLANK")]
    [InlineData("foreign", "This card was not issued here.", "Check that it is the right card.", "CARD-UNKNOWN")]
    [InlineData("max", "A repair of this card stopped at…", "Any ID Checker can finish it.", "REPAIR-UNFINISHED")]
    [InlineData("perry", "Your profile was closed on…", "a new card will be issued.", "PROFILE-CLOSED")]
    public async Task A_card_that_cannot_log_in_says_why_and_asks_for_no_passcode(string card, string title, string nextStep, string code)
    {
        await using var person = await stage.Enter($"refused-{card}");
        if (card == "sol-old")
        {
            await stage.SampleCard("sol"); // the newer one
        }

        await person.Inserts(await stage.SampleCard(card));
        await person.Window.Meets(title);
        await person.Window.Reads(nextStep, $"If you ask for help, say: {code}");
        (await person.Window.Page.GetByLabel("Passcode").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_card_that_is_not_due_yet_is_told_from_when_it_can_be_renewed()
    {
        await using var callum = await stage.Enter("refused-callum");
        await callum.Inserts(await stage.SampleCard("callum"));
        await callum.LogsIn();
        await callum.Window.Meets("You are logged in");
        await callum.OpensStatus();
        await callum.FollowsToNewTab(callum.Window, "Renew my smartcard");
        await callum.Tab.Meets("You can renew this smartcard from 26 March 2027. It works until 24 June 2027.");
        await callum.Tab.Reads("Nothing to do. We will ask you when you log in.", "RENEW-EARLY");
    }

    [Fact]
    public async Task A_half_renewed_card_is_greeted_with_Finish_your_renewal()
    {
        await using var juno = await stage.Enter("juno");
        await juno.Inserts(await stage.SampleCard("juno"));
        await juno.Window.Meets("Finish your renewal");
        await juno.Window.Reads("Juno Cobblepot", "stopped at");
        await juno.Window.Type("Passcode", Stage.Passcode);
        await juno.Window.Press("Finish your renewal");
        await juno.Window.Meets("Success: certificate renewed for smartcard");
    }

    [Fact]
    public async Task A_faulty_card_stops_the_renewal_and_says_who_replaces_it()
    {
        await using var zed = await stage.Enter("refused-zed");
        await zed.ComesToRenew(await stage.SampleCard("zed"), hasRoles: false);
        await zed.ContinuesAndConfirms();
        await zed.Tab.Meets("Your renewal has stopped");
        await zed.Tab.Reads("This card refused twice", "Replace it: ask your registration authority.", "CARD-FAULTY", "reference EV-");
    }

    [Fact]
    public async Task Somebody_without_a_role_can_renew_and_is_told_what_is_closed()
    {
        await using var tilda = await stage.Enter("tilda");
        await tilda.ComesToRenew(await stage.SampleCard("tilda"), hasRoles: false);
        await tilda.Tab.Meets("Renew your smartcard");
        await tilda.Tab.Follow("Dashboard");
        await tilda.Tab.Meets("Dashboard");
        await tilda.Tab.Reads("You have no role at any organisation, so Spine is closed to you. You can still renew your smartcard.");
        await tilda.Opens("/renew");
        await tilda.ContinuesAndConfirms();
        await tilda.Tab.Meets("Success: certificate renewed for smartcard");
    }
}
