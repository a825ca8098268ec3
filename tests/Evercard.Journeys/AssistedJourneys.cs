using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>What a Local Smartcard Administrator does for others: another passcode, and a renewal. She repairs nothing.</summary>
[Collection(Everybody.Name)]
public sealed class AssistedJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string NewPasscode = "284617";

    [Fact]
    public async Task Lena_unlocks_Guss_card_for_him_and_it_logs_in_with_the_passcode_that_he_chose()
    {
        await using var lena = await AtTheDesk("assisted-unlock", withScript: true);
        var gus = await stage.SampleCard("gus");
        await ComesToTheService(lena, gus, "Gus Pennywhistle", "This card is locked. It needs unlocking.");
        await lena.Tab.Reads("Unlock Smartcard", "None of your roles can repair a smartcard.");
        await lena.Tab.Press("Continue");
        await lena.Tab.Meets("Is this the cardholder?");
        await lena.Tab.Reads("You are about to set another passcode on smartcard");
        await ChoosesPasscode(lena, "Gus");
        await lena.Tab.Meets("Smartcard unlocked");
        await lena.Tab.Reads("Gus Pennywhistle’s smartcard", "has its new passcode. It works until");
        await lena.Tab.TestsTheCard(NewPasscode, "Smartcard unlocked");
        (await stage.Audited("UnlockCompleted")).ShouldBeGreaterThan(0);

        await stage.Remove();
        await stage.Remove(Stage.SecondReader);
        await lena.Inserts(gus);
        await lena.LogsIn(NewPasscode);
        await lena.Window.Meets("You are logged in");
    }

    [Fact]
    public async Task Lena_renews_for_Tilda_who_has_no_role_and_types_her_own_passcode()
    {
        await using var lena = await AtTheDesk("assisted-renewal", withScript: true);
        await ComesToTheService(lena, await stage.SampleCard("tilda"), "Tilda Nettleship", "It needs renewing.");
        await lena.Tab.Press("Continue");
        await lena.Tab.Meets("Hand over the keyboard");
        await lena.Tab.Reads("Turn the keyboard to Tilda, who types the passcode of the smartcard in. You must not see it.");
        await lena.Tab.Press("Tilda is ready");
        await lena.Tab.Meets("Confirm your passcode");
        await lena.Tab.Reads("Tilda, type the passcode of your smartcard");
        await lena.Tab.Type("Passcode", "111222");
        await lena.Tab.Press("Confirm");
        await lena.Tab.Reads("That passcode is not right. You have 2 tries left.");
        await lena.Tab.Type("Passcode", Stage.Passcode);
        await lena.Tab.Press("Confirm");
        await lena.Tab.Meets("Success: certificate renewed for smartcard");
        await lena.Tab.Reads("Tilda Nettleship’s smartcard", "now works until 22 November 2028");
        await lena.Tab.TestsTheCard(Stage.Passcode, "Success: certificate renewed for smartcard");
        await lena.Tab.Follow("Manage another smartcard");
        await lena.Tab.Meets("User details");
    }

    [Fact]
    public async Task Without_script_Odiles_card_is_unlocked_and_renewed_in_one_visit()
    {
        await using var lena = await AtTheDesk("assisted-plain", withScript: false);
        var odile = await stage.SampleCard("odile");
        await ComesToTheService(lena, odile, "Odile Fernsby", "This card is locked. It needs unlocking.");
        await lena.Tab.Press("Continue");
        await lena.Tab.Meets("Is this the cardholder?");
        await ChoosesPasscode(lena, "Odile");
        await lena.Tab.Meets("Smartcard unlocked");
        await lena.Tab.Follow("Renew it now");
        await lena.Tab.Meets("Hand over the keyboard");
        await lena.Tab.Press("Odile is ready");
        await lena.Tab.Meets("Confirm your passcode");
        await stage.Agent.Do("pull-at 10");
        await lena.Tab.Type("Passcode", NewPasscode);
        await lena.Tab.Press("Confirm");
        await lena.Tab.Meets("The renewal was interrupted");
        await lena.Tab.Reads("Put both smartcards back. They are safe.");
        await stage.Insert(odile, Stage.SecondReader);
        await lena.Tab.Reads("Odile types the passcode again: this computer keeps none.");
        await lena.Tab.Follow("Try again");
        await lena.Tab.Meets("Hand over the keyboard");
        await lena.Tab.Press("Odile is ready");
        await lena.Tab.Meets("Confirm your passcode");
        await lena.Tab.Type("Passcode", NewPasscode);
        await lena.Tab.Press("Confirm");
        await lena.Tab.Meets("Success: certificate renewed for smartcard");
    }

    private async Task<Person> AtTheDesk(string journey, bool withScript)
    {
        var lena = await stage.Enter(journey, withScript);
        await stage.Server.Do("approve");
        await lena.Inserts(await stage.SampleCard("lena"));
        await lena.LogsIn();
        await lena.Window.Meets("You are logged in");
        await lena.OpensStatus();
        await lena.FollowsToNewTab(lena.Window, "Open Care Identity Service");
        if (!withScript)
        {
            // The way through the agent takes a click.
            await lena.Tab.Press("Continue");
        }

        await lena.Tab.Meets("Dashboard");
        await lena.Tab.Open(stage.Service + "/manage");
        await lena.Tab.Meets("Insert the smartcard you wish to manage");
        return lena;
    }

    private async Task ComesToTheService(Person lena, string card, string holder, string sentence)
    {
        await stage.Insert(card, Stage.SecondReader);
        await lena.Tab.Meets("User details");
        await lena.Tab.Reads(holder, sentence);
        await lena.Tab.Press("Service");
        await lena.Tab.Meets("Select smartcard service");
    }

    private static async Task ChoosesPasscode(Person lena, string firstName)
    {
        await lena.Tab.KnowsAndConfirms();
        await lena.Tab.HandsOver(firstName, NewPasscode);
    }
}
