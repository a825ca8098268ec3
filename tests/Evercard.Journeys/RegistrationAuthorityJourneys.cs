using Evercard.Journeys.Support;

namespace Evercard.Journeys;

/// <summary>What the registration authority decides: which smartcards end, which computers are trusted, what everybody is told.</summary>
[Collection(Everybody.Name)]
public sealed class RegistrationAuthorityJourneys(Stage stage) : IClassFixture<Stage>
{
    private const string IdChecker = "ID Checker, Thistledown Hospitals (demo)";
    private const string NewPasscode = "284617";

    [Fact]
    public async Task Tom_cancels_a_card_at_his_desk_and_its_holder_is_told_at_the_next_log_in()
    {
        await using var tom = await stage.Enter("cancel");
        await tom.ComesToDashboard(await stage.SampleCard("tom"), role: null);
        await tom.Tab.Follow("Manage Smartcard");
        await tom.Tab.Meets(AtTheDesk.Insert);
        var bea = await stage.SampleCard("bea");
        await stage.Insert(bea, Stage.SecondReader);
        await tom.Tab.ChoosesService("Permanently cancel Smartcard");
        await tom.Tab.Meets("Permanently cancel this smartcard");
        await tom.Tab.Reads("You are about to cancel smartcard 0412 1962 of Bea Quillfeather.", "Nobody can undo it");
        await tom.Tab.Press("Cancel this smartcard");
        await tom.Tab.Reads("There is a problem", "Choose why the smartcard is cancelled.");
        await tom.Tab.Meets("Permanently cancel this smartcard");
        await tom.Tab.Choose("It was lost");
        await tom.Tab.Press("Cancel this smartcard");
        await tom.Tab.Meets("Smartcard cancelled");
        await tom.Tab.Reads(
            "Bea Quillfeather’s smartcard 0412 1962 was cancelled on 22 November 2026 because it was reported lost", "Bea Quillfeather has no other smartcard in use.");
        (await stage.Audited("SmartcardCancelled")).ShouldBe(1);

        await stage.Remove();
        await stage.Remove(Stage.SecondReader);
        await tom.Inserts(bea);
        await tom.Window.Meets("This smartcard was cancelled on 22 November 2026 because it was reported lost.");
        await tom.Window.Reads("Ask your registration authority for a new card. Hand this one in.", "CARD-CANCELLED", "01632 960100");
        (await tom.Window.Page.GetByLabel("Passcode").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task No_card_is_repaired_at_a_computer_that_nobody_has_approved_until_Tom_approves_it()
    {
        var (priyas, rosa) = (await stage.SampleCard("priya"), await stage.SampleCard("rosa"));
        await using (var priya = await stage.Enter("computer-unapproved"))
        {
            await ComesToRepair(priya, priyas, rosa);
            await priya.Tab.Choose("The photograph matches");
            await priya.Tab.Press("Continue");
            await priya.Tab.Meets("This computer is not approved for work on other people's smartcards.");
            await priya.Tab.Reads("Use a computer that is, or ask the registration authority to approve this one.", "AGENT-NOT-APPROVED", "01632 960100");
        }

        await using (var tom = await stage.Enter("computer-approval"))
        {
            await tom.ComesToDashboard(await stage.SampleCard("tom"), role: null);
            await tom.Tab.Follow("Computers");
            await tom.Tab.Meets("Computers");
            await tom.Tab.Reads("People log in and renew their own smartcards here. Nothing else.");
            await tom.Tab.Press("Approve WARD4-PC2");
            await Until.True(async () => await stage.Audited("ComputerApproved") == 1, "the approval");
            await tom.Tab.Meets("Computers");
            await tom.Tab.DoesNotRead("People log in and renew their own smartcards here. Nothing else.");
        }

        await using var again = await stage.Enter("computer-approved");
        await ComesToRepair(again, priyas, rosa);
        await again.Tab.KnowsAndConfirms();
        await again.Tab.HandsOver("Rosa", NewPasscode);
        await again.Tab.TestsTheCard(NewPasscode);
    }

    [Fact]
    public async Task A_service_notice_stands_on_every_page_until_it_is_over_and_one_for_those_who_are_logged_in_on_theirs()
    {
        const string Moved = "We have moved. Please update your bookmarks.";
        const string Busy = "Many people renew this morning.";
        await stage.Administer("notice", "add", "--text", Moved, "--starts", "2026-11-20T08:00Z", "--ends", "2026-11-22T10:00Z");
        await stage.Administer("notice", "add", "--text", Busy, "--starts", "2026-11-20T08:00Z", "--audience", "logged-in");

        // Pages read the notices once in a few seconds.
        await stage.Pass(TimeSpan.FromSeconds(10));
        await using var callum = await stage.Enter("notice");
        await callum.Opens("/help");
        await callum.Tab.Reads(Moved);
        await callum.Tab.Meets("Get help");
        await callum.Tab.DoesNotRead(Busy);
        await callum.Opens("/check");
        await callum.Tab.Reads(Moved);
        await callum.ComesToDashboard(await stage.SampleCard("callum"), role: null);
        await callum.Tab.Reads(Moved, Busy);
        await callum.Tab.Follow("History of your smartcard");
        await callum.Tab.Meets("History of your smartcard");
        await callum.Tab.Reads(Moved, Busy);

        await stage.Pass(TimeSpan.FromHours(2));
        await callum.Opens("/help");
        await callum.Tab.Meets("Get help");
        await callum.Tab.DoesNotRead(Moved);
    }

    private async Task ComesToRepair(Person priya, string priyas, string rosa)
    {
        await priya.ComesToDashboard(priyas, IdChecker);
        await priya.Tab.Follow("Manage Smartcard");
        await priya.Tab.Meets(AtTheDesk.Insert);
        await stage.Insert(rosa, Stage.SecondReader);
        await priya.Tab.ComesToRepair();
    }
}
