using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.PasscodeChange;
using Evercard.Lifecycle.Renewal;
using Evercard.Protocol;
using Evercard.Registry.Computers;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

public sealed class PasscodeChangeTests
{
    private const string Old = SampleWard.Passcode;
    private const string New = "582064";

    [Fact]
    public async Task The_card_takes_the_new_passcode_and_the_trail_tells_it_without_either()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);

        (await Change(ward, card, id, session)).ShouldBeOfType<PasscodeChangeOutcome.Changed>();

        Holds(card, New).ShouldBeTrue();
        (await ward.AuditTrail(id)).Last().ShouldBe("PasscodeChanged");
        var facts = await ward.Read(async r => (await r.Registry.AuditEvents.ToListAsync()).SelectMany(e => e.Facts.Values).ToList());
        facts.ShouldAllBe(fact => !fact.Contains(Old) && !fact.Contains(New));
        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task A_wrong_present_passcode_burns_one_try_and_changes_nothing()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);

        foreach (var (left, code) in ((int, string)[])[(2, "PASSCODE-WRONG"), (1, "PASSCODE-WRONG"), (0, "CARD-LOCKED")])
        {
            var refusal = Refused(await Change(ward, card, id, session, present: "000000"));
            (refusal.Code, refusal.TriesLeft).ShouldBe((code, left));
        }

        Refused(await Change(ward, card, id, session)).Code.ShouldBe("CARD-LOCKED");
        (await ward.AuditTrail(id)).Last().ShouldBe("PasscodeChangeRefused");
    }

    /// <summary>The passcode of the card that lies in the reader must not be changed because another one was shown.</summary>
    [Fact]
    public async Task Another_card_keeps_its_passcode()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var (other, _) = await ward.Issue();
        var session = await ward.Session(card, id);

        Refused(await Change(ward, other, id, session)).Code.ShouldBe("CARD-UNKNOWN");

        Holds(other, Old).ShouldBeTrue();
    }

    [Fact]
    public async Task A_copied_CHUID_does_not_make_it_the_card()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var (copy, _) = await ward.Issue();
        var session = await ward.Session(card, id);
        copy.Image.Write(DataObject.Chuid, card.Image.Read(DataObject.Chuid)!);

        Refused(await Change(ward, copy, id, session)).Code.ShouldBe("REPAIR-NEEDED");

        Holds(copy, Old).ShouldBeTrue();
    }

    [Fact]
    public async Task Somebody_elses_card_is_refused_before_any_try()
    {
        using var ward = await Ward.Open();
        var (mine, id) = await ward.Issue();
        var (theirs, theirId) = await ward.Issue(person: SampleWard.Callum);
        var session = await ward.Session(mine, id);
        var seen = theirs.ApdusSeen;

        Refused(await Change(ward, theirs, theirId, session)).Code.ShouldBe("CARD-NOT-YOURS");

        theirs.ApdusSeen.ShouldBe(seen);
    }

    [Fact]
    public async Task It_takes_a_session_that_is_live_at_this_very_agent()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);

        Refused(await Change(ward, card, id, session, agent: "ward4-pc2")).Code.ShouldBe("LOGGED-OUT");
        ward.Time.Advance(ward.Options.SessionAtMost);
        var late = Refused(await Change(ward, card, id, session));

        (late.Code, late.Detail).ShouldBe(("LOGGED-OUT", "You have been logged out. You had been logged in for as long as one log-in lasts."));
        Holds(card, Old).ShouldBeTrue();
    }

    [Fact]
    public async Task A_quarantined_computer_changes_no_passcode()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        await ward.Database.Write(
            async r =>
            {
                r.Registry.Agents.Single(a => a.Id == "ward4-pc1").Status = AgentStatus.Quarantined;
                await r.Registry.Save(new Evercard.Registry.Audit.AuditEvent { Kind = "Tested" }, default);
            },
            default);

        Refused(await Change(ward, card, id, session)).Code.ShouldBe("AGENT-QUARANTINED");
    }

    /// <summary>At each of its points one of the keys is in flight: the other one proves the card.</summary>
    [Fact]
    public async Task An_unfinished_renewal_does_not_hinder_it_wherever_it_stopped()
    {
        using var ward = await Ward.Open();
        var apdus = await new CutSweep(ward, () => ward.Issue()).Undisturbed();
        foreach (var apdu in Enumerable.Range(1, apdus.Count).Where(n => apdus[n - 1] is PivInstruction.GenerateAsymmetricKeyPair or PivInstruction.PutData))
        {
            var (card, id) = await ward.Issue();
            var session = await ward.Session(card, id);
            card.CutAt(card.ApdusSeen + apdu, CutPoint.AfterEffect);
            (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Refused>();

            (await Change(ward, card, id, session)).ShouldBeOfType<PasscodeChangeOutcome.Changed>($"cut at {apdu}");
            (await ward.Visit(card, id, session, passcode: New)).ShouldBeOfType<RenewalOutcome.Completed>($"cut at {apdu}");
        }
    }

    /// <summary>Whoever does what the refusal says gets in and has tries left.</summary>
    [Fact]
    public async Task A_card_pulled_at_any_point_says_which_passcode_to_try()
    {
        using var ward = await Ward.Open();
        var (first, firstId) = await ward.Issue();
        var firstSession = await ward.Session(first, firstId);
        var before = first.ApdusSeen;
        (await Change(ward, first, firstId, firstSession)).ShouldBeOfType<PasscodeChangeOutcome.Changed>();
        var apdus = (int)(first.ApdusSeen - before);
        apdus.ShouldBeGreaterThan(5);

        var unsure = 0;
        foreach (var point in (CutPoint[])[CutPoint.BeforeEffect, CutPoint.AfterEffect])
        {
            foreach (var apdu in Enumerable.Range(1, apdus))
            {
                var where = $"cut at APDU {apdu}, {point}";
                var (card, id) = await ward.Issue();
                var session = await ward.Session(card, id);
                card.CutAt(card.ApdusSeen + apdu, point);

                var refusal = Refused(await Change(ward, card, id, session), where);

                refusal.Code.ShouldBe("CARD-REMOVED", where);
                if (refusal.NextStep.StartsWith("Try the new passcode first.", StringComparison.Ordinal))
                {
                    unsure++;
                    (Holds(card, New) || Holds(card, Old)).ShouldBeTrue(where);
                }
                else
                {
                    refusal.NextStep.ShouldStartWith("Your passcode has not changed.", customMessage: where);
                    Holds(card, Old).ShouldBeTrue(where);
                }

                card.Image.Passcode.IsBlocked.ShouldBeFalse(where);
            }
        }

        unsure.ShouldBe(2, "only at CHANGE REFERENCE DATA itself, before and after its effect");
        (await ward.Read(async r => (await r.Registry.AuditEvents.Where(e => e.Kind == "PasscodeChangeRefused").ToListAsync())
            .Count(e => e.Facts["changed"] == "perhaps"))).ShouldBe(2);
    }

    [Theory]
    [InlineData(0x63C2, "PASSCODE-WRONG", 2)]
    [InlineData(0x6983, "CARD-LOCKED", 0)]
    [InlineData(0x6982, "PASSCODE-NEEDED", null)]
    [InlineData(0x6985, "PASSCODE-REFUSED", null)]
    public async Task What_the_card_says_to_the_change_itself_is_told(int status, string code, int? triesLeft)
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);

        var refusal = Refused(await Change(ward, card, id, session, through: honest => Answering(honest, status)));

        (refusal.Code, refusal.TriesLeft).ShouldBe((code, triesLeft));
    }

    [Fact]
    public async Task A_card_that_does_not_take_the_new_passcode_keeps_the_old_one()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);

        var refusal = Refused(await Change(ward, card, id, session, through: honest => Answering(honest, 0x6A80)));

        (refusal.Code, refusal.Detail, refusal.NextStep).ShouldBe(
            ("PASSCODE-REFUSED", "The smartcard did not take the new passcode. Your passcode has not changed.", "Choose another one."));
        Holds(card, Old).ShouldBeTrue();
    }

    [Fact]
    public async Task A_link_that_is_lost_at_the_change_says_which_passcode_to_try()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);

        var refusal = Refused(await Change(ward, card, id, session, through: honest => new FakeCard(honest)
        {
            After = (script, _) => script.Steps.OfType<CardStep.ChangePasscode>().Any()
                ? throw new CardConnectionException(CardConnectionFailure.LinkLost, "gone")
                : null,
        }));

        (refusal.Code, refusal.NextStep).ShouldBe(("SERVICE-UNREACHABLE", "Try the new passcode first. If it is not right, the old one still holds."));
        Holds(card, New).ShouldBeTrue();
    }

    /// <summary>A card that answers the change itself so, and does nothing.</summary>
    private static FakeCard Answering(ICard honest, int status) => new(honest)
    {
        Instead = (script, _) => Task.FromResult(script.Steps.OfType<CardStep.ChangePasscode>().Any()
            ? new ScriptReply([new StepAnswer(StatusWord.Success, default), new StepAnswer(new((ushort)status), default)], null, TimeSpan.Zero)
            : null),
    };

    private static Evercard.Lifecycle.Refusal Refused(PasscodeChangeOutcome outcome, string? where = null) =>
        outcome.ShouldBeOfType<PasscodeChangeOutcome.Refused>(where).Refusal;

    private static async Task<PasscodeChangeOutcome> Change(
        Ward ward, SimulatedCard card, Guid id, string session, string present = Old, string agent = "ward4-pc1", Func<ICard, ICard>? through = null)
    {
        using var readers = new SimulatedReaders("reader");
        readers.Insert("reader", card);
        using var connection = readers.Connect("reader");
        using var held = SampleWard.Hold(present, ward.Time);
        using var chosen = SampleWard.Hold(New, ward.Time);
        ICard local = new LocalCard(connection, CardAct.PasscodeChange, new ActBinding("http://server", agent, Guid.NewGuid().ToString("N"), 0), held, chosen, ward.Time);
        return await new PasscodeChange(ward.Database, ward.Options, ward.Time).Run(id, session, through?.Invoke(local) ?? local, default);
    }

    /// <summary>Tries this passcode, as its holder would.</summary>
    private static bool Holds(SimulatedCard card, string passcode)
    {
        Span<byte> padded = stackalloc byte[PasscodeFormat.BlockLength];
        PasscodeFormat.TryPad(passcode, padded).ShouldBeTrue();
        card.PowerOn();
        card.Transmit(PivCommands.Select());
        var right = card.Transmit(PivCommands.Verify(padded)).Status.IsSuccess;
        card.PowerOff();
        return right;
    }
}
