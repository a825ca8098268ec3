using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.LogIn;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

public sealed class UnlockTests
{
    [Fact]
    public async Task A_locked_card_gets_the_passcode_that_its_holder_chose_and_keeps_its_keys()
    {
        using var desk = await Desk.Open();
        var (card, id) = await Locked(desk);
        var serials = await RenewalTests.Serials(desk.Ward, id);

        (await desk.VisitToUnlock(card, id)).ShouldBeNull();

        (await desk.Ward.LogInWith(card, id, passcode: Desk.NewPasscode)).ShouldBeOfType<LogInOutcome.LoggedIn>();
        (await RenewalTests.Serials(desk.Ward, id)).ShouldBe(serials);
        await CardCheck.HasTwoGoodCertificates(desk.Ward, card, id);
        card.Image.Puk.TriesLeft.ShouldBe(card.Model.PukTries, "no try of the PUK was burnt");
        var stored = await desk.Ward.Read(r => r.Registry.Smartcards.SingleAsync(c => c.Id == id));
        (stored.PukExposed, stored.WrappedNextPuk).ShouldBe((false, null), "the PUK that was used was replaced");
        (await desk.Ward.AuditTrail(id)).Where(kind => kind.StartsWith("Unlock", StringComparison.Ordinal) || kind.StartsWith('P'))
            .ShouldBe(["UnlockRequested", "UnlockConfirmed", "UnlockBegun", "PukUseIntended", "PasscodeReset", "UnlockCompleted"]);
        await CardCheck.AuditChainIsWhole(desk.Ward);
    }

    [Fact]
    public async Task A_passcode_that_was_forgotten_is_set_anew_as_often_as_it_takes()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Working(200);
        (await desk.VisitToUnlock(card, id)).ShouldBeNull();
        (await desk.VisitToUnlock(card, id, passcode: "918273")).ShouldBeNull();
        (await desk.Ward.LogInWith(card, id, passcode: "918273")).ShouldBeOfType<LogInOutcome.LoggedIn>();
        card.Image.Puk.TriesLeft.ShouldBe(card.Model.PukTries);
    }

    /// <summary>Wherever the card is pulled, a second visit ends with a card that logs in, and no try is burnt.</summary>
    [Fact]
    public async Task An_unlock_that_is_cut_at_any_point_is_done_by_the_next_visit()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Working(200);
        var before = card.ApdusSeen;
        (await desk.VisitToUnlock(card, id)).ShouldBeNull();
        var length = card.ApdusSeen - before;
        length.ShouldBeGreaterThan(5);
        for (var at = 1; at <= length; at++)
        {
            foreach (var point in (CutPoint[])[CutPoint.BeforeEffect, CutPoint.AfterEffect])
            {
                card.CutAt(card.ApdusSeen + at, point);
                (await desk.VisitToUnlock(card, id, passcode: "918273"))?.Code.ShouldBe("CARD-REMOVED", $"cut {point} {at}");
                (await desk.VisitToUnlock(card, id)).ShouldBeNull($"after the cut {point} {at}");
                (await desk.Ward.LogInWith(card, id, passcode: Desk.NewPasscode)).ShouldBeOfType<LogInOutcome.LoggedIn>();
                card.Image.Puk.TriesLeft.ShouldBe(card.Model.PukTries, $"after the cut {point} {at}");
            }
        }

        await CardCheck.AuditChainIsWhole(desk.Ward);
    }

    [Fact]
    public async Task It_runs_beside_a_renewal_that_was_cut_which_is_then_finished_with_the_new_passcode()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Working(30);
        var own = await desk.Ward.Session(card, id);
        (await desk.Ward.Visit(card, id, own, through: inner => new LostAt(inner, "write and prove 9C"))).ShouldBeOfType<RenewalOutcome.Refused>();
        RepairTests.Lock(card);

        (await desk.VisitToUnlock(card, id)).ShouldBeNull();

        (await desk.Ward.Visit(card, id, null, passcode: Desk.NewPasscode)).ShouldBeOfType<RenewalOutcome.Completed>();
        await CardCheck.HasTwoGoodCertificates(desk.Ward, card, id);
        (await desk.Ward.AuditTrail(id)).ShouldNotContain("RenewalAborted");
    }

    [Fact]
    public async Task What_an_expired_card_a_cancelled_one_and_one_of_a_cut_repair_are_told()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Expired();
        (await Code(desk, id)).ShouldBe("CARD-EXPIRED");
        (await desk.Visit(card, id, through: inner => new LostAt(inner, "write and prove 9C"))).ShouldBeOfType<RenewalOutcome.Refused>();
        (await Code(desk, id)).ShouldBe("REPAIR-UNFINISHED");
    }

    /// <summary>Attacks.</summary>
    [Fact]
    public async Task Nobody_sets_the_own_passcode_so_and_nobody_without_role_card_computer_or_a_look_at_the_person_sets_anybodys()
    {
        using var desk = await Desk.Open();
        var (card, id) = await Locked(desk);
        (await Code(desk, desk.Own.Id)).ShouldBe("UNLOCK-SELF");
        (await Code(desk, id, evidence: IdentityEvidence.Unsure)).ShouldBe("IDENTITY-UNSURE");
        (await Code(desk, id, isHere: false)).ShouldBe("CARD-NOT-HERE");
        (await Code(desk, id, await desk.LogIn(role: "Receptionist"))).ShouldBe("PERMISSION-NONE");

        // A session alone, without the operator's card, does nothing.
        var session = await desk.LogIn();
        var at = (await desk.Ask(id, session, act: Act.Unlock)).ShouldBeOfType<DeskOpened.At>();
        (await desk.Opening.Begin(Act.Unlock, at.OperationId, id, session, "ward4-pc1", default)).ShouldBeOfType<DeskOpened.Refused>().Refusal.Code.ShouldBe("CONFIRMATION-NEEDED");

        // Nor does one that was confirmed repair the card, which makes new keys.
        (await desk.Confirm(at.OperationId, session)).ShouldBeNull();
        (await desk.Opening.Begin(Act.Repair, at.OperationId, id, session, "ward4-pc1", default)).ShouldBeOfType<DeskOpened.Refused>().Refusal.Code.ShouldBe("LINK-EXPIRED");
        using var other = await Desk.Open(approved: false);
        var (_, there) = await Locked(other);
        (await Code(other, there)).ShouldBe("AGENT-NOT-APPROVED");
    }

    /// <summary>A copied CHUID is a hint that lies: without 9B the card is told no PUK.</summary>
    [Fact]
    public async Task Another_card_with_a_copied_CHUID_is_told_no_PUK()
    {
        using var desk = await Desk.Open();
        var (card, id) = await desk.Working(200);
        var (copy, _) = await desk.Ward.Issue(100);
        copy.Image.Write(DataObject.Chuid, card.Image.Read(DataObject.Chuid)!);
        var instructions = new List<byte>();
        copy.Transcript = exchange => instructions.Add(exchange.Command.Ins);

        (await desk.VisitToUnlock(copy, id)).ShouldNotBeNull().Code.ShouldBe("CARD-UNKNOWN");

        instructions.ShouldNotContain((byte)0x2C);
    }

    [Fact]
    public async Task One_that_nobody_finished_is_given_up_after_half_an_hour_and_a_repair_ends_it_at_once()
    {
        using var desk = await Desk.Open();
        var (card, id) = await Locked(desk);
        (await desk.Ask(id, act: Act.Unlock)).ShouldBeOfType<DeskOpened.At>();
        desk.Ward.Time.Now += TimeSpan.FromMinutes(31);
        (await desk.Ward.Reconcile()).Deeds.Count.ShouldBe(1);
        (await desk.Ward.AuditTrail(id)).Last().ShouldBe("UnlockAborted");

        var session = await desk.LogIn();
        (await desk.Ask(id, session, act: Act.Unlock)).ShouldBeOfType<DeskOpened.At>();
        var repair = (await desk.Ask(id, session, reason: "locked, and something else")).ShouldBeOfType<DeskOpened.At>();
        (await desk.Ward.AuditTrail(id)).Count(kind => kind == "UnlockAborted").ShouldBe(2);
        (await desk.Confirm(repair.OperationId, session)).ShouldBeNull();
        (await desk.Run(card, id, repair.OperationId, session)).ShouldBeOfType<RenewalOutcome.Completed>();
    }

    private static async Task<(SimulatedCard Card, Guid Id)> Locked(Desk desk)
    {
        var card = await desk.Working(200);
        RepairTests.Lock(card.Card);
        return card;
    }

    private static async Task<string> Code(Desk desk, Guid id, string? session = null, IdentityEvidence evidence = IdentityEvidence.Photograph, bool isHere = true) =>
        (await desk.Ask(id, session, evidence: evidence, isHere: isHere, act: Act.Unlock)).ShouldBeOfType<DeskOpened.Refused>().Refusal.Code;
}
