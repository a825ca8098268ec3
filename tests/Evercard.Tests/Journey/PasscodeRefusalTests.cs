using Evercard.Agent;
using Evercard.Agent.CardScripts;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;

namespace Evercard.Tests.Journey;

/// <summary>Passcodes, tries and locked cards over the real link.</summary>
public sealed class PasscodeRefusalTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    private const string Locked = "This smartcard is locked: the passcode was wrong 3 times.";
    private const string Unlock = "Have it unlocked, then renew it. Ask your registration authority.";

    [Fact]
    public async Task Three_wrong_passcodes_at_log_in_tell_the_tries_left_and_lock_the_card()
    {
        var (card, _) = await service.Issue();
        var before = CardState.KeysAndObjects(card);
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            (await service.Ward4Pc1.LogIn("000000")).ShouldSay("PASSCODE-WRONG", "That passcode is not right. You have 2 tries left.", "Try again.", 2);
            (await service.Ward4Pc1.LogIn("000000")).ShouldSay(
                "PASSCODE-WRONG", "That passcode is not right. You have 1 try left.",
                "Another wrong passcode locks the smartcard. Take care, or ask to have it unlocked.", 1);
            (await service.Ward4Pc1.LogIn("000000")).ShouldSay("CARD-LOCKED", Locked, Unlock, 0);
            (await service.Ward4Pc1.LogIn()).ShouldSay("CARD-LOCKED", Locked, Unlock, 0);
        }

        CardState.KeysAndObjects(card).ShouldBe(before);
        (await service.AuditSince(mark)).Where(e => e.StartsWith("LogInRefused", StringComparison.Ordinal)).ShouldBe(
            ["LogInRefused PASSCODE-WRONG", "LogInRefused PASSCODE-WRONG", "LogInRefused CARD-LOCKED", "LogInRefused CARD-LOCKED"]);
    }

    [Fact]
    public async Task A_wrong_passcode_in_a_renewal_touches_no_key_and_the_right_one_carries_on()
    {
        var (card, _) = await service.Issue();
        using (service.Ward4Pc1.With(card))
        {
            var session = await service.Ward4Pc1.Session();
            var before = CardState.KeysAndObjects(card);
            var mark = await service.AuditMark();
            var wrong = (await service.Ward4Pc1.Renew(session, passcode: "00000000")).ShouldSay(
                "PASSCODE-WRONG", "That passcode is not right. You have 2 tries left.", "Try again.", 2);
            wrong.Reference.ShouldNotBeNull().ShouldStartWith("EV-");
            CardState.KeysAndObjects(card).ShouldBe(before);
            card.Image.Passcode.TriesLeft.ShouldBe(2);
            (await service.AuditSince(mark)).Where(e => e.StartsWith("Renewal", StringComparison.Ordinal)).ShouldBe(["RenewalRequested", "RenewalWaiting PASSCODE-WRONG"]);
            (await service.Ward4Pc1.Renew(session)).ShouldBeDone();
        }

        card.Image.Passcode.TriesLeft.ShouldBe(3);
    }

    [Fact]
    public async Task A_card_that_is_locked_during_a_renewal_keeps_its_keys()
    {
        var (card, _) = await service.Issue();
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            var session = await service.Ward4Pc1.Session();
            var before = CardState.KeysAndObjects(card);
            foreach (var code in (string[])["PASSCODE-WRONG", "PASSCODE-WRONG", "CARD-LOCKED", "CARD-LOCKED"])
            {
                (await service.Ward4Pc1.Renew(session, passcode: "000000")).ShouldRefuse(code);
            }

            (await service.Ward4Pc1.Renew(session)).ShouldSay("CARD-LOCKED", Locked, Unlock, 0);
            CardState.KeysAndObjects(card).ShouldBe(before);
        }

        (await service.AuditSince(mark)).ShouldContain("RenewalWaiting CARD-LOCKED");
    }

    [Fact]
    public async Task A_locked_card_is_recognised_before_any_passcode_is_asked_for()
    {
        var (card, _) = await service.Issue(daysLeft: 3);
        await Lock(card);
        using (service.Ward4Pc2.With(card))
        {
            var sent = new List<byte>();
            card.Transcript = exchange => sent.Add(exchange.Command.Ins);
            (await service.Ward4Pc2.Greet()).ShouldSay("CARD-LOCKED", Locked, Unlock, 0);
            sent.ShouldNotContain(PivInstruction.GeneralAuthenticate);
        }

        service.Time.Advance(TimeSpan.FromDays(4));
        using (service.Ward4Pc2.With(card))
        {
            (await service.Ward4Pc2.Greet()).ShouldSay("LOCKED-EXPIRED", "This smartcard is locked and expired.", "One visit to an ID Checker does both.", 0);
        }
    }

    [Fact]
    public async Task A_half_renewed_card_that_is_locked_and_expired_meanwhile_needs_one_visit()
    {
        var (card, _) = await service.Issue(daysLeft: 2);
        using (service.Ward4Pc1.With(card))
        {
            var session = await service.Ward4Pc1.Session();
            card.CutAtNext(PivInstruction.GenerateAsymmetricKeyPair);
            (await service.Ward4Pc1.Renew(session)).ShouldRefuse("CARD-REMOVED");
        }

        await Lock(card);
        service.Time.Advance(TimeSpan.FromDays(3));
        var before = CardState.Of(card);
        var mark = await service.AuditMark();
        using (service.Ward4Pc2.With(card))
        {
            (await service.Ward4Pc2.Renew(null)).ShouldSay("LOCKED-EXPIRED", "This smartcard is locked and expired.", "One visit to an ID Checker does both.", 0);
        }

        CardState.Of(card).ShouldBe(before);
        (await service.AuditSince(mark)).ShouldContain("RenewalRefused LOCKED-EXPIRED");
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("123456789")]
    [InlineData("12345a")]
    [InlineData("１２３４５６")]
    [InlineData("")]
    public async Task What_is_no_passcode_never_reaches_the_card(string typed)
    {
        var (card, _) = await service.Issue();
        using (service.Ward4Pc1.With(card))
        {
            await service.Ward4Pc1.Greet();
            var before = CardState.Of(card);
            var passcodesSeen = 0;

            // The agent may still be greeting the card: VERIFY without data only asks for the tries left.
            card.Transcript = seen => passcodesSeen += seen.Command.Ins == PivInstruction.Verify && !seen.Command.Data.IsEmpty ? 1 : 0;
            HeldPasscode.TryHold(typed, TimeProvider.System, out _).ShouldBeFalse();
            CardState.Of(card).ShouldBe(before);
            passcodesSeen.ShouldBe(0);
        }

        var refused = AgentRefusals.PasscodeFormat;
        (refused.Code, refused.Title, refused.NextStep).ShouldBe(("PASSCODE-FORMAT", "A passcode is 6 to 8 digits.", "Type it again. No try was used."));
    }

    private static Task Lock(SimulatedCard card)
    {
        card.PowerOn();
        card.Transmit(PivCommands.Select());
        while (!card.Image.Passcode.IsBlocked)
        {
            card.Transmit(PivCommands.Verify("00000000"u8));
        }

        card.PowerOff();
        return Task.CompletedTask;
    }
}
