using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.Lifecycle.Renewal;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>Each test names a fault that a review found.</summary>
public sealed class AttackTests(OpenWard open) : IClassFixture<OpenWard>
{
    private readonly Ward ward = open.Ward;

    [Fact]
    public async Task Knowing_a_cards_number_is_not_enough_to_take_its_renewal_away()
    {
        var (card, id) = await ward.Issue();
        card.CutAtNext(PivInstruction.PutData);
        await ward.Visit(card, id, await ward.Session(card, id));
        var before = await Renewal(id);

        // Somebody elsewhere asks to finish it, without the card, again and again.
        for (var i = 0; i < 3; i++)
        {
            (await ward.Opening.Open(new RenewalRequest(id, "ward4-pc2", null, TakeOver: true), default)).ShouldBeOfType<RenewalOpened.At>();
        }

        var after = await Renewal(id);
        (after.Epoch, after.AgentId, after.State, after.TouchedAt).ShouldBe((before.Epoch, before.AgentId, before.State, before.TouchedAt));
        (await ward.Visit(card, id, null)).ShouldBeOfType<RenewalOutcome.Completed>();
    }

    [Fact]
    public async Task A_wrong_passcode_elsewhere_does_not_end_the_visit_that_has_the_card()
    {
        var (card, id) = await ward.Issue();
        card.CutAtNext(PivInstruction.PutData);
        await ward.Visit(card, id, await ward.Session(card, id));
        var before = await Renewal(id);
        (await ward.Visit(card, id, null, "ward4-pc2", passcode: "000000")).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("PASSCODE-WRONG");
        var after = await Renewal(id);
        (after.Epoch, after.AgentId, after.State).ShouldBe((before.Epoch, before.AgentId, before.State));
    }

    [Fact]
    public async Task A_name_that_changed_between_two_visits_does_not_stop_the_renewal_for_ever()
    {
        var (card, id) = await ward.Issue();
        var old = await RenewalTests.Serials(ward, id);
        var session = await ward.Session(card, id);

        // Cut by the signer between Prepare and Issue: the dry run before it still got its signature.
        card.Transcript = exchange => ward.SignerDown |= exchange.Command.Ins == PivInstruction.GenerateAsymmetricKeyPair;
        (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("CA-DOWN");
        (card.Transcript, ward.SignerDown) = (null, false);
        await Rename("Wren Holloway-Marsh");
        try
        {
            (await ward.Visit(card, id, null, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>();
            await CardCheck.IsRenewed(ward, card, id, old);
        }
        finally
        {
            await Rename("Wren Holloway");
        }
    }

    [Fact]
    public async Task A_clock_that_stepped_back_between_two_renewals_sends_no_card_to_repair()
    {
        ward.Time.Advance(TimeSpan.FromHours(1));
        var (card, id) = await ward.Issue();
        ward.Time.Advance(TimeSpan.FromMinutes(-30));
        (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Completed>();

        // The newest credential by its date is the superseded one of the issuance.
        ward.Time.Advance(TimeSpan.FromDays(700));
        (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Completed>();
    }

    [Fact]
    public async Task A_card_that_itself_ends_with_its_certificates_is_not_renewed_for_nothing()
    {
        var (card, id) = await ward.Issue();
        await ward.Database.Write(
            async r =>
            {
                var end = await r.Registry.Credentials.Where(c => c.SmartcardId == id).Select(c => c.NotAfter).FirstAsync();
                r.Registry.Entry(await r.Registry.Smartcards.SingleAsync(c => c.Id == id)).Property(c => c.ExpiresAt).CurrentValue = end;
                await r.Registry.Save(new AuditEvent { Kind = "TestSetUp" }, default);
            },
            default);
        var refused = (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Refused>().Refusal;
        refused.Code.ShouldBe("CARD-ENDS");
        refused.NextStep.ShouldContain("new smartcard");
    }

    [Fact]
    public async Task A_card_whose_9B_is_not_the_recorded_one_keeps_its_keys_and_nothing_is_left_to_finish()
    {
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        var wrapped = await ward.Database.Write(
            async r =>
            {
                var record = await r.Registry.Smartcards.SingleAsync(c => c.Id == id);
                var right = record.WrappedAdministrationKey;
                using var wrong = AdministrationKey.Random(PivAlgorithm.TripleDes);
                record.WrappedAdministrationKey = ward.Authority.Wrap(wrong.Bytes, $"{id:D}/9B");
                await r.Registry.Save(new AuditEvent { Kind = "TestSetUp" }, default);
                return right;
            },
            default);
        var before = CardState.Of(card);
        (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("CARD-UNKNOWN");
        CardState.Of(card).ShouldBe(before);

        // Put right, the card logs in and is renewed as if nothing had been.
        await ward.Database.Write(
            async r =>
            {
                (await r.Registry.Smartcards.SingleAsync(c => c.Id == id)).WrappedAdministrationKey = wrapped;
                await r.Registry.Save(new AuditEvent { Kind = "TestSetUp" }, default);
            },
            default);
        (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Completed>();
    }

    /// <summary>Found on reading: the intent was taken back although the card had run GENERATE, and its holder was told that nothing was left to finish.</summary>
    [Fact]
    public async Task An_answer_to_9B_that_was_spoilt_on_its_way_does_not_take_back_an_intent_that_was_carried_out()
    {
        var (card, id) = await ward.Issue();
        var old = await RenewalTests.Serials(ward, id);
        var refused = await ward.Visit(card, id, await ward.Session(card, id), through: honest => new FakeCard(honest)
        {
            After = (script, reply) => script.Name != "generate 9C" ? null
                : reply with { Answers = [reply.Answers[0] with { Data = new byte[reply.Answers[0].Data.Length] }, .. reply.Answers.Skip(1)] },
        });
        refused.ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("CARD-UNKNOWN");

        // The old key is gone: the renewal is finished elsewhere, with the card and its passcode alone.
        (await ward.Visit(card, id, null, "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>();
        await CardCheck.IsRenewed(ward, card, id, old);
    }

    private Task<Operation> Renewal(Guid id) => ward.Read(r => r.Registry.Operations.SingleAsync(o => o.SmartcardId == id && o.Act == Act.Renewal));

    private Task Rename(string name) => ward.Database.Write(
        async r =>
        {
            (await r.Registry.People.SingleAsync(p => p.Uuid == Evercard.DevHost.SampleCards.SampleWard.Wren.Uuid)).FullName = name;
            await r.Registry.Save(new AuditEvent { Kind = "TestSetUp" }, default);
        },
        default);
}
