using System.Text.RegularExpressions;
using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>The ID Checker's desk at the demonstration's table: whoever cannot log in alone is shown together with her.</summary>
[Collection(Everybody.Name)]
public sealed partial class DeskAtTheTableJourneys(LaidTable laid) : IClassFixture<LaidTable>
{
    private const string NewPasscode = "284617";

    [Fact]
    public async Task Shown_Rosa_Priya_learns_that_the_role_is_wrong_switches_and_repairs_the_card_with_which_Rosa_then_logs_in_alone()
    {
        await using var table = await laid.Sit("table-rosa");
        await LogsInBeside(table, "Rosa Tanglewood", "Receptionist");
        await table.Tab.Page.GetByText("Why can't I see Manage Smartcard?").ClickAsync();
        await table.Tab.Reads("You are logged in as Receptionist. Manage Smartcard needs your ID Checker role.");
        await table.Tab.Press("Switch to ID Checker");
        await table.Tab.Meets("Choose your role");
        await table.Tab.Press("Continue");
        await table.Tab.Meets("Dashboard");
        await table.Tab.Follow("Manage Smartcard");
        await table.Tab.Meets("User details");
        await table.Tab.Reads("Rosa Tanglewood", "This card expired 12 days ago. It needs Repair.");
        await table.Tab.ComesToRepair();
        await table.Tab.KnowsAndConfirms();
        await table.Tab.HandsOver("Rosa", NewPasscode);
        await table.Tab.TestsTheCard(NewPasscode);

        // She needs nobody any more.
        await (await table.Back()).Reads("Reader 2 Rosa Tanglewood: 7");
        await table.SeesTab(() => table.Table.Press("Show me Rosa Tanglewood"));
        await LogsIn(table, NewPasscode);
        await table.Tab.Meets("You are logged in");
        await table.Tab.Reads("Rosa Tanglewood");
        await (await table.Back()).Reads("Reader 1 Rosa Tanglewood: 7", "Reader 2 Empty");
    }

    [Fact]
    public async Task Whoever_may_not_be_Ned_is_sent_away_and_nothing_has_changed()
    {
        await using var table = await laid.Sit("table-ned");
        await ComesToTheCardOf(table, "Ned Bramblewick");
        await table.Tab.Reads("This card expired 33 days ago. It needs Repair.", "No photograph on file");
        await table.Tab.ComesToRepair();
        await table.Tab.Reads("There is no photograph on this profile.");
        await table.Tab.Choose("I am not sure");
        await table.Tab.Press("Continue");
        await table.Tab.Meets("You said you are not sure this is the cardholder. Nothing has changed.");
        await table.Tab.Reads("Tell your registration authority.", "IDENTITY-UNSURE");
        await (await table.Back()).Reads("Reader 2 Ned Bramblewick: Expired 33 days ago");
    }

    [Fact]
    public async Task Zeds_faulty_card_fails_twice_and_Moira_reads_what_happened()
    {
        await using var table = await laid.Sit("table-zed");
        await table.SeesTab(() => table.Table.Press("Show me Priya Saltmarsh"));
        await ComesToDashboard(table, "ID Checker");
        await table.Tab.Follow("Manage Smartcard");
        await table.Tab.Meets(AtTheDesk.Insert);
        await (await table.Back()).Press("Put Zed Clatterbuck into Reader 2");
        await table.Tab.Page.BringToFrontAsync();
        await table.Tab.ComesToRepair();
        await table.Tab.KnowsAndConfirms();
        await table.Tab.HandsOver("Zed", NewPasscode);
        await table.Tab.Meets("The repair was interrupted");
        await table.Tab.Reads("This card refused twice to do the same thing.", "CARD-FAULTY");
        await table.Tab.Follow("Try again");
        await table.Tab.HandsOver("Zed", NewPasscode);
        await table.Tab.Meets("We had to stop");
        await table.Tab.Reads("This failed twice, so we have stopped.", "Northmere service desk", "Northmere computer support");
        var reference = Reference().Match(await table.Tab.Text()).Value;
        reference.ShouldNotBeEmpty();

        await table.Back();
        await table.SeesTab(() => table.Table.Press("Show me Moira Stonecrop"));
        await ComesToDashboard(table, role: null);
        await table.Tab.Follow("Enter a reference");
        await table.Tab.Meets("Enter a reference");
        await table.Tab.Type("Reference", reference);
        await table.Tab.Press("Find");
        await table.Tab.Meets("What happened");
        await table.Tab.Reads(reference, "Z. C., Thistledown Hospitals (demo)", "CARD-FAULTY", "What to say");
        await table.Tab.DoesNotRead("Clatterbuck");
    }

    [Fact]
    public async Task Max_whose_repair_was_cut_has_it_finished()
    {
        await using var table = await laid.Sit("table-max");
        await ComesToTheCardOf(table, "Max Tumbledown");
        await table.Tab.Reads("A repair of this card stopped at", "It needs Repair.");
        await table.Tab.Press("Service");
        await table.Tab.Meets("Select smartcard service");
        await table.Tab.Reads("Recommended for this card.");
        (await table.Tab.Page.GetByLabel("Finish repair").IsCheckedAsync()).ShouldBeTrue();
        await table.Tab.Press("Continue");
        await table.Tab.KnowsAndConfirms();
        await table.Tab.HandsOver("Max", NewPasscode);
        await table.Tab.TestsTheCard(NewPasscode);
        await (await table.Back()).Reads("Reader 2 Max Tumbledown: 7");
    }

    [Fact]
    public async Task Perrys_profile_is_closed_and_the_page_says_that_his_card_can_only_be_cancelled()
    {
        await using var table = await laid.Sit("table-perry");
        await ComesToTheCardOf(table, "Perry Oxbow");
        await table.Tab.Reads("Perry Oxbow's profile was closed on", "This card can only be cancelled.", "Closed on");
        await table.Tab.Press("Service");
        await table.Tab.Meets("Select smartcard service");
        await table.Tab.Reads("Not available to you now", "Repair Smartcard Perry Oxbow's profile was closed on", "PROFILE-CLOSED");
        (await table.Tab.Page.GetByLabel("Repair Smartcard").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Lena_unlocks_Guss_card_and_renews_for_Tilda_who_is_told_and_can_say_that_it_was_not_she()
    {
        await using var table = await laid.Sit("table-lena");
        await table.SeesTab(() => table.Table.Press("Show me Lena Brightwater"));
        await ComesToDashboard(table, role: null);
        await table.Tab.Follow("Manage Smartcard");
        await table.Tab.Meets(AtTheDesk.Insert);
        await (await table.Back()).Press("Put Gus Pennywhistle into Reader 2");
        await table.Tab.Page.BringToFrontAsync();
        await table.Tab.ChoosesService("Unlock Smartcard");
        await table.Tab.KnowsAndConfirms();
        await table.Tab.HandsOver("Gus", NewPasscode);
        await table.Tab.TestsTheCard(NewPasscode, "Smartcard unlocked");

        await (await table.Back()).Press("Put Tilda Nettleship into Reader 2");
        await table.Tab.Page.BringToFrontAsync();
        await table.Tab.Follow("Manage another smartcard");
        await table.Tab.ChoosesService("Renew certificate");
        await table.Tab.Meets("Hand over the keyboard");
        await table.Tab.Press("Tilda is ready");
        await table.Tab.Meets("Confirm your passcode");
        await table.Tab.Type("Passcode", Stage.Passcode);
        await table.Tab.Press("Confirm");
        await table.Tab.Meets("Success: certificate renewed for smartcard");
        await table.Tab.Reads("Tilda Nettleship’s smartcard");

        // Gus has no contact; Tilda's e-mail says who did it, and how to say that it was not she.
        await (await table.Back()).Reads("Tilda Nettleship", "Your smartcard was renewed", "by Lena Brightwater");
        await table.Table.DoesNotRead("Your smartcard was unlocked");
        await table.SeesTab(() => table.Table.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { NameRegex = NotMe() }).First.ClickAsync());
        await table.Tab.Meets("Was this you?");
        await table.Tab.Press("This was not me");
        await table.Tab.Meets("We know that this was not you");
        await table.Tab.Reads("Northmere Registration Authority");
    }

    /// <summary>[Show me] puts both cards in; as ID Checker, Priya sees whose the other one is.</summary>
    private static async Task ComesToTheCardOf(TableStage table, string name)
    {
        await LogsInBeside(table, name, "ID Checker");
        await table.Tab.Follow("Manage Smartcard");
        await table.Tab.Meets("User details");
        await table.Tab.Reads(name);
    }

    private static async Task LogsInBeside(TableStage table, string name, string role)
    {
        await table.SeesTab(() => table.Table.Press($"Show me {name}"));
        await table.Tab.Meets("Log in");
        await table.Tab.Reads("Priya Saltmarsh");
        await ComesToDashboard(table, role);
        await (await table.Back()).Reads("Reader 1 Priya Saltmarsh", $"Reader 2 {name}");
        await table.Tab.Page.BringToFrontAsync();
    }

    private static async Task ComesToDashboard(TableStage table, string? role)
    {
        await LogsIn(table, Stage.Passcode);
        if (role is not null)
        {
            await table.Tab.Meets("Choose your role");
            await table.Tab.Choose($"{role}, Thistledown Hospitals (demo)");
            await table.Tab.Press("Continue");
        }

        await table.Tab.Meets("You are logged in");
        await table.SeesTab(() => table.Tab.Follow("Open Care Identity Service"));
        await table.Tab.Meets("Dashboard");
    }

    private static async Task LogsIn(TableStage table, string passcode)
    {
        await table.Tab.Meets("Log in");
        await table.Tab.Type("Passcode", passcode);
        await table.Tab.Press("Log in");
    }

    [GeneratedRegex("not-me")]
    private static partial Regex NotMe();

    [GeneratedRegex("EV-[0-9A-Z]{4}-[0-9A-Z]{2}")]
    private static partial Regex Reference();
}
