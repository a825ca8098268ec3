using Evercard.Cards;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Renewal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

public sealed class RepairTests
{
    [Fact]
    public async Task An_expired_card_gets_new_keys_and_certificates_and_the_passcode_that_its_holder_chose()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        var old = await RenewalTests.Serials(desk.Ward, id);
        (await desk.Ward.LogInWith(card, id)).ShouldBeOfType<LogInOutcome.Refused>().Refusal.Code.ShouldBe("CARD-EXPIRED");

        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Completed>();

        await IsRepaired(desk, card, id);
        old.ShouldBeUnique();
        (await RenewalTests.Serials(desk.Ward, id)).ShouldNotBe(old);
        var stored = await desk.Ward.Read(r => r.Registry.Smartcards.SingleAsync(c => c.Id == id));
        (stored.PukExposed, stored.WrappedNextPuk).ShouldBe((false, null), "the PUK that was used was replaced");
        (await desk.Ward.AuditTrail(id)).Where(kind => kind.StartsWith("Repair", StringComparison.Ordinal) || kind.StartsWith('P'))
            .ShouldBe(["RepairRequested", "RepairConfirmed", "RepairBegun", "PukUseIntended", "PasscodeReset", "RepairCompleted"]);
        await CardCheck.AuditChainIsWhole(desk.Ward);
    }

    [Fact]
    public async Task A_card_that_is_locked_and_expired_needs_one_visit()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        Lock(card);

        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Completed>();

        await IsRepaired(desk, card, id);
    }

    [Fact]
    public async Task A_second_repair_uses_the_PUK_that_the_first_one_set()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Completed>();
        var again = (await desk.Ask(id, reason: "The holder says that it fails.")).ShouldBeOfType<DeskOpened.At>();
        (await desk.Confirm(again.OperationId)).ShouldBeNull();
        (await desk.Run(card, id, again.OperationId)).ShouldBeOfType<RenewalOutcome.Completed>();
        card.Image.Puk.TriesLeft.ShouldBe(card.Model.PukTries, "no try of the PUK was burnt");
    }

    /// <summary>The keys are made anew, whatever the renewal had done; what it had certified and not yet written is no good any more.</summary>
    [Fact]
    public async Task A_renewal_that_was_cut_is_ended_by_the_repair_and_leaves_no_orphan()
    {
        using var desk = await Desk.Open();
        var ward = desk.Ward;
        var (card, id) = await ward.Issue(30, person: SamplePeople.Rosa);
        var session = await ward.Session(card, id);
        (await ward.Visit(card, id, session, through: inner => new LostAt(inner, "write and prove 9C"))).ShouldBeOfType<RenewalOutcome.Refused>();
        desk.Ward.Time.Now += TimeSpan.FromDays(50);
        var own = await desk.LogIn();

        (await desk.Visit(card, id, own)).ShouldBeOfType<RenewalOutcome.Completed>();

        await IsRepaired(desk, card, id);
        (await ward.AuditTrail(id)).ShouldContain("RenewalAborted");
    }

    [Fact]
    public async Task A_repair_that_fails_twice_stops_and_neither_another_session_nor_another_computer_resets_the_count()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        card.WearOut();
        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("CARD-FAULTY");
        var session = await desk.LogIn("ward4-pc2");
        var stopped = (await desk.Visit(card, id, session, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Refused>().Refusal;
        stopped.Code.ShouldBe("RETRY-STOP");
        stopped.NextStep.ShouldContain(stopped.Reference!);
        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("RETRY-STOP");

        // Whoever was rung has looked after it: two hours later it may be tried once more.
        desk.Ward.Time.Now += TimeSpan.FromHours(2);
        (await desk.Ask(id)).ShouldBeOfType<DeskOpened.At>();
    }

    /// <summary>A repair that was asked for and never begun stood in the way of every renewal of that card, for ever.</summary>
    [Fact]
    public async Task A_repair_that_touched_no_key_hinders_no_renewal_and_is_given_up_after_half_an_hour()
    {
        using var desk = await Desk.Open();
        var ward = desk.Ward;
        var (card, id) = await ward.Issue(30, person: SamplePeople.Rosa);
        (await desk.Ask(id, await desk.LogIn())).ShouldBeOfType<DeskOpened.At>();
        (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Completed>();
        (await ward.AuditTrail(id)).ShouldContain("RepairAborted");

        var (_, other) = await ward.Issue(30, person: SamplePeople.Rosa);
        (await desk.Ask(other, await desk.LogIn())).ShouldBeOfType<DeskOpened.At>();
        ward.Time.Now += TimeSpan.FromMinutes(31);
        (await ward.Reconcile()).Deeds.Count.ShouldBe(1);
        (await ward.AuditTrail(other)).Last().ShouldBe("RepairAborted");
    }

    [Fact]
    public async Task A_card_that_is_taken_out_is_no_failure()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        for (var i = 0; i < 3; i++)
        {
            card.CutAt(card.ApdusSeen + 12, CutPoint.AfterEffect);
            (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("CARD-REMOVED");
        }

        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Completed>();
    }

    /// <summary>Attacks: each is refused, and the card is as it was.</summary>
    [Fact]
    public async Task Nobody_repairs_the_own_card()
    {
        using var desk = await Desk.Open();
        await desk.Expired();
        Code(await desk.Ask(desk.Own.Id, reason: "because I can")).ShouldBe("REPAIR-SELF");
    }

    [Fact]
    public async Task A_receptionist_a_computer_that_is_not_approved_and_a_card_that_is_elsewhere_are_refused()
    {
        using var desk = await Desk.Open(approved: false);
        var (_, id) = await desk.Expired();
        Code(await desk.Ask(id)).ShouldBe("AGENT-NOT-APPROVED");
        Code(await desk.Ask(id, await desk.LogIn(role: "Receptionist"))).ShouldBe("PERMISSION-NONE");
        using var approved = await Desk.Open();
        var (_, other) = await approved.Expired();
        Code(await approved.Ask(other, isHere: false)).ShouldBe("REPAIR-REMOTE");
        Code(await approved.Ask(other, evidence: IdentityEvidence.Unsure)).ShouldBe("IDENTITY-UNSURE");
    }

    [Fact]
    public async Task Where_there_is_no_photograph_it_cannot_have_been_compared()
    {
        using var desk = await Desk.Open();
        var (_, id) = await desk.Expired(person: SamplePeople.Ned);
        Code(await desk.Ask(id)).ShouldBe("IDENTITY-NO-PHOTOGRAPH");
        (await desk.Ask(id, evidence: IdentityEvidence.Passport)).ShouldBeOfType<DeskOpened.At>();
    }

    [Fact]
    public async Task A_card_that_works_is_repaired_for_a_reason_only()
    {
        using var desk = await Desk.Open();
        var (_, id) = await desk.Ward.Issue(400, person: SamplePeople.Rosa);
        var session = await desk.LogIn();
        Code(await desk.Ask(id, session)).ShouldBe("REPAIR-REASON");
        (await desk.Ask(id, session, reason: "certificates damaged")).ShouldBeOfType<DeskOpened.At>();
    }

    [Fact]
    public async Task A_session_alone_repairs_nothing_it_takes_the_operators_card()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        var at = (await desk.Ask(id)).ShouldBeOfType<DeskOpened.At>();
        (await desk.Run(card, id, at.OperationId)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("CONFIRMATION-NEEDED");

        // Another ID Checker's card, or a wrong passcode, confirms nothing either.
        var stranger = await desk.Ward.Issue(500, person: SampleWard.Callum);
        (await desk.Confirm(at.OperationId, with: stranger)).ShouldNotBeNull().Code.ShouldBe("READER-WRONG");
        (await desk.Confirm(at.OperationId, passcode: "111222")).ShouldNotBeNull().Code.ShouldBe("PASSCODE-WRONG");
        (await desk.Run(card, id, at.OperationId)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("CONFIRMATION-NEEDED");
        Works(card, SampleWard.Passcode).ShouldBeTrue();
    }

    [Fact]
    public async Task A_confirmation_is_good_for_its_own_operation_session_and_quarter_of_an_hour()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        var at = (await desk.Ask(id)).ShouldBeOfType<DeskOpened.At>();
        (await desk.Confirm(at.OperationId)).ShouldBeNull();
        var another = await desk.LogIn("ward4-pc2");
        (await desk.Run(card, id, at.OperationId, another, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("LINK-EXPIRED");
        desk.Ward.Time.Now += TimeSpan.FromMinutes(16);
        (await desk.Run(card, id, at.OperationId)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("CONFIRMATION-NEEDED");

        // Asked for anew, it has to be confirmed anew.
        (await desk.Ask(id)).ShouldBeOfType<DeskOpened.At>().OperationId.ShouldBe(at.OperationId);
        (await desk.Run(card, id, at.OperationId)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("CONFIRMATION-NEEDED");
        Works(card, SampleWard.Passcode).ShouldBeTrue();
    }

    /// <summary>A copied CHUID is a hint that lies: without 9B the card is told no PUK.</summary>
    [Fact]
    public async Task Another_card_with_a_copied_CHUID_is_told_no_PUK()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        var (copy, _) = await desk.Ward.Issue(100);
        copy.Image.Write(DataObject.Chuid, card.Image.Read(DataObject.Chuid)!);
        var instructions = new List<byte>();
        copy.Transcript = exchange => instructions.Add(exchange.Command.Ins);

        (await desk.Visit(copy, id)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("CARD-UNKNOWN");

        instructions.ShouldNotContain((byte)0x2C);
        Works(copy, SampleWard.Passcode).ShouldBeTrue();
    }

    [Fact]
    public async Task A_card_whose_PUK_was_never_recorded_is_replaced()
    {
        using var desk = await Desk.Open();
        var (_, id) = await desk.Expired();
        await desk.Ward.Database.Write(
            async r =>
            {
                (await r.Registry.Smartcards.SingleAsync(c => c.Id == id)).WrappedPuk = null;
                await r.Registry.Save(new Evercard.Registry.Audit.AuditEvent { Kind = "Adopted" }, default);
            },
            default);
        Code(await desk.Ask(id)).ShouldBe("PUK-UNKNOWN");
    }

    [Fact]
    public async Task A_card_that_takes_no_PUK_is_replaced()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        using (var readers = new SimulatedReaders("reader"))
        {
            readers.Insert("reader", card);
            using var connection = readers.Connect("reader");
            connection.Transmit(PivCommands.Select());
            for (var i = 0; i < card.Model.PukTries; i++)
            {
                connection.Transmit(PivCommands.ResetRetryCounter("00000000"u8, "12345678"u8));
            }
        }

        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("PUK-REFUSED");
        Works(card, SampleWard.Passcode).ShouldBeTrue();
    }

    /// <summary>Some cards have rules of their own for passcodes. They were told to be replaced.</summary>
    [Fact]
    public async Task A_passcode_that_the_card_does_not_take_changes_nothing_and_another_one_is_chosen()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired(CardModel.Yubico with { Quirks = new CardQuirks { NoDigitThrice = true } });
        var operations = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            var refusal = (await desk.Visit(card, id, passcode: "737172")).ShouldBeOfType<RenewalOutcome.Refused>().Refusal;
            (refusal.Code, refusal.NextStep).ShouldBe(("PASSCODE-REFUSED", "Choose another one."));
            var operation = await desk.Ward.Read(r => r.Registry.Operations.SingleAsync(o => o.SmartcardId == id && o.Act == Evercard.Registry.Journal.Act.Repair));
            (operation.Failures, operation.StoppedCode).ShouldBe((0, "PASSCODE-REFUSED"), "it stops no repair, however often");
            operations.Add(operation.Id);
            Works(card, SampleWard.Passcode).ShouldBeTrue();
            card.Image.Puk.TriesLeft.ShouldBe(card.Model.PukTries, "no try of the PUK was burnt");
        }

        operations.Distinct().Count().ShouldBe(1);
        (await desk.Visit(card, id)).ShouldBeOfType<RenewalOutcome.Completed>();
        await IsRepaired(desk, card, id);
        var stored = await desk.Ward.Read(r => r.Registry.Smartcards.SingleAsync(c => c.Id == id));
        (stored.PukExposed, stored.WrappedNextPuk).ShouldBe((false, null), "the PUK that was used was replaced");

        // The PUK on record is the card's: it sets the next passcode.
        var again = (await desk.Ask(id, reason: "The holder says that it fails.")).ShouldBeOfType<DeskOpened.At>();
        (await desk.Confirm(again.OperationId)).ShouldBeNull();
        (await desk.Run(card, id, again.OperationId)).ShouldBeOfType<RenewalOutcome.Completed>();
        card.Image.Puk.TriesLeft.ShouldBe(card.Model.PukTries);
    }

    [Fact]
    public async Task A_logged_out_operator_repairs_nothing()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        var at = (await desk.Ask(id)).ShouldBeOfType<DeskOpened.At>();
        (await desk.Confirm(at.OperationId)).ShouldBeNull();
        desk.Ward.Time.Now += TimeSpan.FromHours(13);
        Code(await desk.Ask(id)).ShouldBe("LOGGED-OUT");
        (await desk.Run(card, id, at.OperationId)).ShouldBeOfType<RenewalOutcome.Refused>();
        Works(card, SampleWard.Passcode).ShouldBeTrue();
    }

    private static string Code(DeskOpened opened) => opened.ShouldBeOfType<DeskOpened.Refused>().Refusal.Code;

    internal static async Task IsRepaired(Desk desk, SimulatedCard card, Guid id)
    {
        Works(card, Desk.NewPasscode).ShouldBeTrue();
        (await desk.Ward.LogInWith(card, id, passcode: Desk.NewPasscode)).ShouldBeOfType<LogInOutcome.LoggedIn>();
        await CardCheck.HasTwoGoodCertificates(desk.Ward, card, id);
    }

    private static bool Works(SimulatedCard card, string passcode)
    {
        using var readers = new SimulatedReaders("reader");
        readers.Insert("reader", card);
        using var connection = readers.Connect("reader");
        connection.Transmit(PivCommands.Select());
        var padded = new byte[8];
        PasscodeFormat.TryPad(passcode, padded);
        return connection.Transmit(PivCommands.Verify(padded)).Status.IsSuccess;
    }

    internal static void Lock(SimulatedCard card)
    {
        using var readers = new SimulatedReaders("reader");
        readers.Insert("reader", card);
        using var connection = readers.Connect("reader");
        connection.Transmit(PivCommands.Select());
        for (var i = 0; i < 3; i++)
        {
            connection.Transmit(PivCommands.Verify("00000000"u8));
        }
    }
}
