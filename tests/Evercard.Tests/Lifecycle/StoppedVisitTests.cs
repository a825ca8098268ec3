using Evercard.Cards.Piv;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Journal;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>What pages show of an act that stopped comes from its operation.</summary>
public sealed class StoppedVisitTests
{
    [Fact]
    public async Task After_a_refusal_the_operation_tells_what_stopped_it_and_a_new_visit_clears_that()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        (await ward.Visit(card, id, session, passcode: "000000")).ShouldBeOfType<RenewalOutcome.Refused>();

        var stopped = await Operation(ward, id);
        (stopped.StoppedCode, stopped.StoppedDetail, stopped.StoppedNextStep, stopped.StoppedTriesLeft).ShouldBe(
            ("PASSCODE-WRONG", "That passcode is not right. You have 2 tries left.", "Try again.", 2));
        stopped.VisitBeganAt.ShouldBe(ward.Time.Now);

        ward.Time.Advance(TimeSpan.FromSeconds(20));
        (await ward.Opening.Open(new RenewalRequest(id, "ward4-pc1", session), default)).ShouldBeOfType<RenewalOpened.At>();

        var begun = await Operation(ward, id);
        (begun.StoppedCode, begun.StoppedDetail, begun.StoppedNextStep, begun.StoppedTriesLeft).ShouldBe((null, null, null, null));
        begun.VisitBeganAt.ShouldBe(ward.Time.Now);
    }

    [Fact]
    public async Task A_take_over_by_a_card_that_proves_itself_clears_it_too()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        card.CutAtNext(PivInstruction.GenerateAsymmetricKeyPair);
        (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Refused>();
        (await Operation(ward, id)).StoppedCode.ShouldBe("CARD-REMOVED");

        ward.Time.Advance(TimeSpan.FromMinutes(1));
        (await ward.Visit(card, id, null, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>();

        var done = await Operation(ward, id);
        (done.State, done.StoppedCode, done.VisitBeganAt).ShouldBe((OperationState.Completed, null, ward.Time.Now));
    }

    private static Task<Operation> Operation(Ward ward, Guid id) =>
        ward.Read(r => r.Registry.Operations.SingleAsync(o => o.SmartcardId == id && o.Act == Act.Renewal));
}
