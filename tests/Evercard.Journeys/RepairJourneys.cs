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
        await using var priya = await AtHerDesk("repair", "Receptionist");
        await priya.Tab.Open(stage.Service + "/manage");
        await priya.Tab.Reads("You are logged in as Receptionist.", "ID Checker");
        await priya.Tab.Press("Switch to ID Checker");
        await priya.Tab.Meets("Choose your role");
        await priya.Tab.Press("Continue");
        var rosa = await stage.SampleCard("rosa");
        await priya.Tab.Meets(AtTheDesk.Insert, Pictures.ManageInsert);
        await SeesTheCard(priya, rosa, "Rosa Tanglewood");
        await priya.Tab.Meets("User details", Pictures.UserDetails);
        await priya.Tab.Press("Service");
        await priya.Tab.Meets("Select smartcard service", Pictures.Service);
        await priya.Tab.Press("Continue");
        await priya.Tab.Meets("Is this the cardholder?", Pictures.Identity);
        await priya.Tab.KnowsAndConfirms();
        await priya.Tab.Meets("Hand over the keyboard", Pictures.HandOver);
        await priya.Tab.HandsOver("Rosa", NewPasscode, Pictures.SetPasscode);
        await priya.Tab.Meets(AtTheDesk.Repaired, Pictures.Repaired);
        await priya.Tab.Reads("Rosa Tanglewood’s smartcard 0412 2285 now works until 22 November 2028");
        await priya.Tab.TestsTheCard(NewPasscode);
        (await stage.Audited("RepairCompleted")).ShouldBeGreaterThan(0);
        await LogsInAlone(priya, rosa);
    }

    [Fact]
    public async Task Without_script_the_pages_of_a_repair_wait_and_go_on_all_the_same()
    {
        await using var priya = await AtHerDesk("repair-no-script", "ID Checker", withScript: false);
        await priya.Tab.Follow("Manage Smartcard");
        var ivo = await stage.SampleCard("ivo");
        await SeesTheCard(priya, ivo, "Ivo Larkspur");
        await priya.Tab.Reads("This card is locked, and expired 5 days ago. It needs Repair.");
        await priya.Tab.ComesToRepair();
        await priya.Tab.KnowsAndConfirms();
        await stage.Agent.Do("pull-at 10");
        await priya.Tab.HandsOver("Ivo", NewPasscode);
        await priya.Tab.Meets("The repair was interrupted");
        await priya.Tab.Reads("Put both smartcards back. They are safe.");
        await stage.Insert(ivo, Stage.SecondReader);
        await priya.Tab.Follow("Try again");
        await priya.Tab.HandsOver("Ivo", NewPasscode);
        await priya.Tab.TestsTheCard(NewPasscode);
        await LogsInAlone(priya, ivo);
    }

    [Fact]
    public async Task Nobody_is_repaired_whom_the_operator_is_not_sure_of()
    {
        await using var priya = await AtHerDesk("repair-unsure", "ID Checker");
        await ComesToRepair(priya, await stage.SampleCard("ned"), "Ned Bramblewick");
        await priya.Tab.Reads("There is no photograph on this profile.");
        await priya.Tab.Choose("I am not sure");
        await priya.Tab.Press("Continue");
        await priya.Tab.Meets("You said you are not sure this is the cardholder. Nothing has changed.");
        await priya.Tab.Reads("IDENTITY-UNSURE", "Northmere Registration Authority, 01632 960100");
    }

    [Fact]
    public async Task A_faulty_card_fails_twice_and_the_page_stops_with_a_reference()
    {
        await using var priya = await AtHerDesk("repair-stop", "ID Checker");
        await ComesToRepair(priya, await stage.SampleCard("zed"), "Zed Clatterbuck");
        await priya.Tab.KnowsAndConfirms();
        await priya.Tab.HandsOver("Zed", NewPasscode);
        await priya.Tab.Meets("The repair was interrupted");
        await priya.Tab.Reads("This card refused twice to do the same thing.");
        await priya.Tab.Follow("Try again");
        await priya.Tab.HandsOver("Zed", NewPasscode);
        await priya.Tab.Meets("We had to stop");
        await priya.Tab.Reads("This failed twice, so we have stopped.", "Reference EV-");
    }

    [Fact]
    public async Task A_repair_that_was_cut_is_finished_and_a_card_that_is_pulled_waits_to_be_put_back()
    {
        await using var priya = await AtHerDesk("repair-cut", "ID Checker");
        var max = await stage.SampleCard("max");
        await ComesToRepair(priya, max, "Max Tumbledown", "Finish repair");
        await priya.Tab.KnowsAndConfirms();
        await priya.Tab.Press("Max is ready");
        await priya.Tab.Meets("Set your passcode");
        await priya.Tab.Follow("Cancel");
        await priya.Tab.Meets("Hand over the keyboard");
        await stage.Agent.Do("pull-at 10");
        await priya.Tab.HandsOver("Max", NewPasscode);
        await priya.Tab.Meets("The repair was interrupted");
        await priya.Tab.Reads("Put both smartcards back. They are safe.");
        await stage.Insert(max, Stage.SecondReader);
        await priya.Tab.Follow("Try again");
        await priya.Tab.HandsOver("Max", NewPasscode);
        await priya.Tab.Meets(AtTheDesk.Repaired);
    }

    private async Task<Person> AtHerDesk(string journey, string role, bool withScript = true)
    {
        var priya = await stage.Enter(journey, withScript);
        await stage.Server.Do("approve");
        await priya.ComesToDashboard(await stage.SampleCard("priya"), $"{role}, Thistledown Hospitals (demo)", withScript);
        return priya;
    }

    private async Task SeesTheCard(Person priya, string card, string holder)
    {
        await priya.Tab.Meets(AtTheDesk.Insert);
        await stage.Insert(card, Stage.SecondReader);
        await priya.Tab.Meets("User details");
        await priya.Tab.Reads(holder);
    }

    private async Task ComesToRepair(Person priya, string card, string holder, string service = "Repair Smartcard")
    {
        await priya.Tab.Open(stage.Service + "/manage");
        await SeesTheCard(priya, card, holder);
        await priya.Tab.ComesToRepair(service);
    }

    private async Task LogsInAlone(Person person, string card)
    {
        await stage.Remove();
        await stage.Remove(Stage.SecondReader);
        await person.Inserts(card);
        await person.LogsIn(NewPasscode);
        await person.Window.Meets("You are logged in");
    }
}
