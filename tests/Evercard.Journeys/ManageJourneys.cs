using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>The ID Checker's desk: another person's card in the second reader, from the wrong role to the service that the card needs.</summary>
[Collection(Everybody.Name)]
public sealed class ManageJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string Insert = "Insert the smartcard you wish to manage";

    [Fact]
    public async Task Priya_is_told_which_role_she_needs_switches_and_sees_what_Rosas_card_needs()
    {
        await using var priya = await stage.Enter("manage");
        await LogsInAsReceptionist(priya);
        await priya.Tab.Meets("Dashboard");
        await priya.Tab.Page.GetByText("Why can't I see Manage Smartcard?").ClickAsync();
        await priya.Tab.Reads("You are logged in as Receptionist. Manage Smartcard needs your ID Checker role.");
        await priya.Tab.Meets("Dashboard");
        await priya.Tab.Follow("Who can do what");
        await priya.Tab.Meets("Who can do what");
        await priya.Tab.Reads("Also yours", "Local Smartcard Administrator");
        await priya.Tab.Open(stage.Service + "/manage");
        await priya.Tab.Meets("You are logged in as Receptionist. Manage Smartcard needs your ID Checker role.");
        await priya.Tab.Press("Switch to ID Checker");
        await priya.Tab.Meets("Choose your role");
        await priya.Tab.Press("Continue");
        await priya.Tab.Meets(Insert);
        await priya.Tab.Reads("Priya Saltmarsh, ID Checker", "Reader 1", "In use by you", "Reader 2", "Empty");

        await stage.Insert(await stage.SampleCard("rosa"), Stage.SecondReader);
        await priya.Tab.Meets("User details");
        await priya.Tab.Reads("Rosa Tanglewood", "999000000005", "Puddlewick Surgery (demo)", "General practitioner", "This card expired 12 days ago. It needs Repair.", "Expired 10 November 2026 (12 days ago)");
        (await priya.Tab.Page.GetByAltText("Photograph of Rosa Tanglewood").EvaluateAsync<int>("image => image.naturalWidth")).ShouldBeGreaterThan(0);

        // «click the + sign»: the details of the card in the reader are open already, and fold by keyboard too.
        await priya.Tab.TabTo("Smartcard Details");
        await priya.Tab.Page.Keyboard.PressAsync("Enter");
        (await priya.Tab.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Service" }).IsVisibleAsync()).ShouldBeFalse();
        await priya.Tab.Page.Keyboard.PressAsync("Enter");
        await priya.Tab.Press("Service");
        await priya.Tab.Meets("Select smartcard service");
        await priya.Tab.Reads("This card expired 12 days ago. It needs Repair.", "Repair Smartcard", "Recommended for this card.");
        (await priya.Tab.Page.GetByLabel("Repair Smartcard").IsCheckedAsync()).ShouldBeTrue();
        (await stage.Audited("CardholderShown")).ShouldBe(1);

        // Without the card nothing of its holder is left on the screen.
        await stage.Remove(Stage.SecondReader);
        await priya.Tab.Meets(Insert);
        await priya.Tab.DoesNotRead("Rosa Tanglewood");
    }

    [Fact]
    public async Task What_is_wrong_at_the_readers_is_told_and_goes_away_by_itself()
    {
        await using var priya = await stage.Enter("manage-readers");
        await LogsInAsReceptionist(priya);
        await priya.Tab.Meets("Dashboard");
        await priya.Tab.Open(stage.Service + "/manage");
        await priya.Tab.Press("Switch to ID Checker");
        await priya.Tab.Meets("Choose your role");
        await priya.Tab.Press("Continue");
        await priya.Tab.Meets(Insert);
        await stage.Agent.Do("unplug 2");
        await priya.Tab.Reads("Managing a smartcard needs two readers. This computer has one.");
        await priya.Tab.Meets(Insert);
        await stage.Agent.Do("plug 2");
        await priya.Tab.Reads("Reader 2 Empty");
        await stage.Insert(await stage.SampleCard("blank"), Stage.SecondReader);
        await priya.Tab.Reads("This smartcard has nothing on it.");
        await priya.Tab.Meets(Insert);
        await stage.Remove(Stage.SecondReader);
        await stage.Insert(await stage.SampleCard("foreign"), Stage.SecondReader);
        await priya.Tab.Reads("This card was not issued here.");
        await stage.Remove(Stage.SecondReader);
        await stage.Insert(await stage.SampleCard("ned"), Stage.SecondReader);
        await priya.Tab.Meets("User details");
        await priya.Tab.Reads("Ned Bramblewick", "No photograph on file");
    }

    [Fact]
    public async Task Without_script_and_without_the_role_everything_is_said_all_the_same()
    {
        await using var lena = await stage.Enter("manage-no-script", withScript: false);
        await lena.Inserts(await stage.SampleCard("lena"));
        await lena.LogsIn();
        await ComesToDashboard(lena);
        await lena.Tab.Press("Continue");
        await lena.Tab.Meets("Dashboard");
        await lena.Tab.Follow("Manage Smartcard");
        await lena.Tab.Meets(Insert);
        await stage.Insert(await stage.SampleCard("ivo"), Stage.SecondReader);
        await lena.Tab.Meets("User details");
        await lena.Tab.Reads("Ivo Larkspur", "This card is locked, and expired 5 days ago.");
        await lena.Tab.Press("Service");
        await lena.Tab.Meets("Select smartcard service");
        await lena.Tab.Reads("Not available to you now", "Repair Smartcard", "None of your roles can repair a smartcard.", "Tom Fallowfield, Northmere RA office");
    }

    private static async Task LogsInAsReceptionist(Person priya)
    {
        await priya.Inserts(await priya.Stage.SampleCard("priya"));
        await priya.LogsIn();
        await priya.Window.Meets("Choose your role");
        await priya.Window.Choose("Receptionist, Thistledown Hospitals (demo)");
        await priya.Window.Press("Continue");
        await ComesToDashboard(priya);
    }

    private static async Task ComesToDashboard(Person person)
    {
        await person.Window.Meets("You are logged in");
        await person.FollowsToNewTab(person.Window, "Open Care Identity Service");
    }
}
