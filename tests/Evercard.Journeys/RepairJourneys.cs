using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>The ID Checker's desk: two readers, somebody waiting, and an expired card.</summary>
[Collection(Everybody.Name)]
public sealed class RepairJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string NewPasscode = "284617";

    [Fact]
    public async Task Priya_switches_to_her_ID_Checker_role_and_repairs_Rosas_expired_card_which_then_logs_in()
    {
        await using var priya = await AtTheDesk("repair", "Receptionist");
        await priya.Tab.Open(stage.Service + "/manage");
        await priya.Tab.Reads("You are logged in as Receptionist.", "ID Checker");
        await priya.Tab.Press("Switch to ID Checker");
        await priya.Tab.Meets("Choose your role");
        await priya.Tab.Press("Continue");
        var rosa = await stage.SampleCard("rosa");
        await ComesToTheCard(priya, rosa, "Rosa Tanglewood");
        await priya.Tab.Press("Service");
        await priya.Tab.Meets("Select smartcard service");
        await priya.Tab.Press("Continue");
        await priya.Tab.Meets("Is this the cardholder?");
        await priya.Tab.Choose("The photograph matches");
        await priya.Tab.Press("Continue");
        await Confirms(priya);
        await priya.Tab.Meets("Hand over the keyboard");
        await priya.Tab.Press("Rosa is ready");
        await SetsPasscode(priya, NewPasscode);
        await priya.Tab.Meets("Smartcard repaired");
        await priya.Tab.Reads("Rosa Tanglewood’s smartcard 0412 2285 now works until 22 November 2028");
        await priya.Tab.Press("Test this smartcard");
        await priya.Tab.Meets("Test this smartcard");
        await priya.Tab.Type("Passcode", NewPasscode);
        await priya.Tab.Press("Test");
        await priya.Tab.Meets("Smartcard repaired");
        await priya.Tab.Reads("Works: log-in certificate ✓ signature certificate ✓ accepted by the service ✓");
        (await stage.Audited("RepairCompleted")).ShouldBeGreaterThan(0);

        await stage.Remove();
        await stage.Remove(Stage.SecondReader);
        await priya.Inserts(rosa);
        await priya.LogsIn(NewPasscode);
        await priya.Window.Meets("You are logged in");
    }

    [Fact]
    public async Task Nobody_is_repaired_whom_the_operator_is_not_sure_of()
    {
        await using var priya = await AtTheDesk("repair-unsure", "ID Checker");
        await ComesToRepair(priya, await stage.SampleCard("ned"), "Ned Bramblewick");
        await priya.Tab.Reads("There is no photograph on this profile.");
        await priya.Tab.Choose("I am not sure");
        await priya.Tab.Press("Continue");
        await priya.Tab.Meets("You said you are not sure this is the cardholder. Nothing has changed.");
        await priya.Tab.Reads("IDENTITY-UNSURE");
    }

    [Fact]
    public async Task A_faulty_card_fails_twice_and_the_page_stops_with_a_reference()
    {
        await using var priya = await AtTheDesk("repair-stop", "ID Checker");
        await ComesToRepair(priya, await stage.SampleCard("zed"), "Zed Clatterbuck");
        await priya.Tab.Choose("The photograph matches");
        await priya.Tab.Press("Continue");
        await Confirms(priya);
        await priya.Tab.Meets("Hand over the keyboard");
        await priya.Tab.Press("Zed is ready");
        await SetsPasscode(priya, NewPasscode);
        await priya.Tab.Meets("The repair was interrupted");
        await priya.Tab.Reads("This card refused twice to do the same thing.");
        await priya.Tab.Follow("Try again");
        await priya.Tab.Meets("Hand over the keyboard");
        await priya.Tab.Press("Zed is ready");
        await SetsPasscode(priya, NewPasscode);
        await priya.Tab.Meets("We had to stop");
        await priya.Tab.Reads("This failed twice, so we have stopped.", "Reference EV-");
    }

    [Fact]
    public async Task A_repair_that_was_cut_is_finished_and_a_card_that_is_pulled_waits_to_be_put_back()
    {
        await using var priya = await AtTheDesk("repair-cut", "ID Checker");
        var max = await stage.SampleCard("max");
        await ComesToRepair(priya, max, "Max Tumbledown", "Finish repair");
        await priya.Tab.Choose("The photograph matches");
        await priya.Tab.Press("Continue");
        await Confirms(priya);
        await priya.Tab.Meets("Hand over the keyboard");
        await priya.Tab.Press("Max is ready");
        await priya.Tab.Meets("Set your passcode");
        await priya.Tab.Follow("Cancel");
        await priya.Tab.Meets("Hand over the keyboard");
        await stage.Agent.Do("pull-at 10");
        await priya.Tab.Press("Max is ready");
        await SetsPasscode(priya, NewPasscode);
        await priya.Tab.Meets("The repair was interrupted");
        await priya.Tab.Reads("Put both smartcards back. They are safe.");
        await stage.Insert(max, Stage.SecondReader);
        await priya.Tab.Follow("Try again");
        await priya.Tab.Meets("Hand over the keyboard");
        await priya.Tab.Press("Max is ready");
        await SetsPasscode(priya, NewPasscode);
        await priya.Tab.Meets("Smartcard repaired");
    }

    private async Task<Person> AtTheDesk(string journey, string role)
    {
        var priya = await stage.Enter(journey);
        await stage.Server.Do("approve");
        await priya.Inserts(await stage.SampleCard("priya"));
        await priya.LogsIn();
        await priya.Window.Meets("Choose your role");
        await priya.Window.Choose($"{role}, Thistledown Hospitals (demo)");
        await priya.Window.Press("Continue");
        await priya.Window.Meets("You are logged in");
        await priya.OpensStatus();
        await priya.FollowsToNewTab(priya.Window, "Open Care Identity Service");
        await priya.Tab.Meets("Dashboard");
        return priya;
    }

    private async Task ComesToTheCard(Person priya, string card, string holder)
    {
        await priya.Tab.Meets("Insert the smartcard you wish to manage");
        await stage.Insert(card, Stage.SecondReader);
        await priya.Tab.Meets("User details");
        await priya.Tab.Reads(holder);
    }

    private async Task ComesToRepair(Person priya, string card, string holder, string service = "Repair Smartcard")
    {
        await priya.Tab.Open(stage.Service + "/manage");
        await ComesToTheCard(priya, card, holder);
        await priya.Tab.Press("Service");
        await priya.Tab.Meets("Select smartcard service");
        await priya.Tab.Choose(service);
        await priya.Tab.Press("Continue");
        await priya.Tab.Meets("Is this the cardholder?");
    }

    private static async Task Confirms(Person priya)
    {
        await priya.Tab.Meets("Confirm with your own passcode");
        await priya.Tab.Type("Your own passcode", Stage.Passcode);
        await priya.Tab.Press("Confirm");
    }

    private static async Task SetsPasscode(Person priya, string passcode)
    {
        await priya.Tab.Meets("Set your passcode");
        await priya.Tab.Type("Passcode", passcode);
        await priya.Tab.Type("Passcode again", passcode);
        await priya.Tab.Press("Confirm");
    }
}
