using Evercard.Agent;
using Evercard.Agent.CardScripts;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Renewal;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Tests.Lifecycle;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Journey;

/// <summary>When a renewal may not begin, go on or be finished: told over the real link.</summary>
public sealed class RenewalRefusalTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    private TimeZoneInfo Zone => service.Options.TimeZone;

    [Fact]
    public async Task Too_early_is_told_with_the_day_on_which_renewal_opens()
    {
        var (card, _) = await service.Issue(daysLeft: 214);
        var before = CardState.Of(card);
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            var loggedIn = (await service.Ward4Pc1.LogIn()).ShouldBeDone();
            loggedIn.RenewalOffered.ShouldBeFalse();
            var opens = Expiry.WindowOpens(loggedIn.NotAfter, 90, Zone);
            (await service.Ward4Pc1.Renew(loggedIn.SessionId, passcode: "000000")).ShouldSay(
                "RENEW-EARLY",
                $"You can renew this smartcard from {Expiry.InWords(opens, Zone)}. It works until {Expiry.InWords(loggedIn.NotAfter, Zone)}.",
                "Nothing to do. We will ask you when you log in.");
        }

        CardState.Of(card).ShouldBe(before);
        (await service.AuditSince(mark)).ShouldContain("RenewalRefused RENEW-EARLY");
    }

    [Fact]
    public async Task A_card_that_expires_while_its_holder_is_logged_in_cannot_renew_itself()
    {
        var (card, _) = await service.Issue(daysLeft: 0);
        using (service.Ward4Pc1.With(card))
        {
            // A session lives for twelve hours.
            service.Time.Now = Expiry.EndOfDay(Expiry.LocalDate(service.Time.Now, Zone), Zone).AddHours(-1);
            var loggedIn = (await service.Ward4Pc1.LogIn()).ShouldBeDone();
            loggedIn.DaysLeft.ShouldBe(0);
            service.Time.Now = loggedIn.NotAfter.AddMinutes(1);
            var before = CardState.Of(card);
            var mark = await service.AuditMark();
            (await service.Ward4Pc1.Renew(loggedIn.SessionId)).ShouldSay(
                "RENEW-EXPIRED", $"Your smartcard expired on {Expiry.InWords(loggedIn.NotAfter, Zone)}. An expired smartcard cannot renew itself.", Told.IdChecker);
            CardState.Of(card).ShouldBe(before);
            (await service.AuditSince(mark)).ShouldContain("RenewalRefused RENEW-EXPIRED");
        }
    }

    [Fact]
    public async Task A_card_pulled_in_the_middle_is_safe_and_is_finished_at_another_computer()
    {
        var (card, id) = await service.Issue();
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            var session = await service.Ward4Pc1.Session();
            card.CutAtNext(PivInstruction.GenerateAsymmetricKeyPair, nth: 2);
            var refused = (await service.Ward4Pc1.Renew(session)).ShouldSay(
                "CARD-REMOVED", "The smartcard was taken out before we finished. It is safe.",
                "Put it back and enter the passcode. You can also finish later on any computer.");
            refused.Reference.ShouldNotBeNull();
        }

        (await service.AuditSince(mark)).ShouldContain("RenewalWaiting CARD-REMOVED");
        using (service.Ward4Pc2.With(card))
        {
            var greeting = (await service.Ward4Pc2.Greet()).ShouldBeDone();
            (greeting.State, greeting.RenewalOpenOn, greeting.HolderName).ShouldBe((CardStanding.RenewalUnfinished, "WARD4-PC1", "Wren Holloway"));

            // 9A is gone already: a log-in cannot be, and says what to do.
            var stopped = Expiry.TimeInWords(service.Time.Now, Zone);
            (await service.Ward4Pc2.LogIn()).ShouldSay(
                "RENEWAL-UNFINISHED", $"Your renewal on WARD4-PC1 stopped at {stopped}. Your card is safe.",
                "Finish your renewal with this card and its passcode, here or on any computer.");
            (await service.Ward4Pc2.Renew(null)).ShouldBeDone().SupersededCertificates.Count.ShouldBe(2);
            (await service.Ward4Pc2.LogIn()).ShouldBeDone();
        }

        (await service.AuditSince(mark)).ShouldContain("RenewalCompleted");
        await service.AuditChainIsWhole();
    }

    [Fact]
    public async Task The_right_to_finish_is_no_right_to_begin()
    {
        var (card, _) = await service.Issue();
        var before = CardState.Of(card);
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            (await service.Ward4Pc1.Renew(null)).ShouldSay("LOGGED-OUT", "You have been logged out.", "Log in again.");
        }

        CardState.Of(card).ShouldBe(before);
        (await service.AuditSince(mark)).ShouldContain("RenewalRefused LOGGED-OUT");
    }

    /// <summary>Found by this test: the sentence did not say that, and when, the card was removed.</summary>
    [Fact]
    public async Task A_session_ends_with_the_removal_of_the_card_and_says_when_that_was()
    {
        var (card, _) = await service.Issue();
        string session;
        using (service.Ward4Pc1.With(card))
        {
            session = await service.Ward4Pc1.Session();
        }

        var removed = Expiry.TimeInWords(service.Time.Now, Zone);
        var before = CardState.Of(card);
        using (service.Ward4Pc1.With(card))
        {
            (await service.Ward4Pc1.Renew(session)).ShouldSay(
                "LOGGED-OUT", $"You have been logged out. Your smartcard was removed at {removed}.", "Log in again.");
        }

        CardState.Of(card).ShouldBe(before);
    }

    [Fact]
    public async Task A_stolen_session_is_worth_nothing_at_another_computer()
    {
        var (card, _) = await service.Issue();
        var (other, _) = await service.Issue();
        using (service.Ward4Pc1.With(card))
        using (service.Ward4Pc2.With(other))
        {
            var session = await service.Ward4Pc1.Session();
            (await service.Ward4Pc2.Renew(session)).ShouldRefuse("LOGGED-OUT");
        }
    }

    [Fact]
    public async Task A_renewal_that_is_live_at_another_computer_goes_on_here_only_when_asked_to()
    {
        var (card, id) = await service.Issue();
        await LeaveOpenAsAKilledServerDoes(card, id);
        var mark = await service.AuditMark();
        using (service.Ward4Pc2.With(card))
        {
            var before = CardState.Of(card);
            (await service.Ward4Pc2.Renew(null)).ShouldSay(
                "RENEWAL-OPEN", "A renewal of this card is under way on WARD4-PC1.", "Finish it there, or take it over here.");
            CardState.Of(card).ShouldBe(before);
            (await service.AuditSince(mark)).ShouldContain("RenewalRefused RENEWAL-OPEN");
            (await service.Ward4Pc2.Renew(null, takeOver: true)).ShouldBeDone();
            (await service.Ward4Pc2.LogIn()).ShouldBeDone();
        }
    }

    [Fact]
    public async Task A_renewal_that_nobody_worked_on_for_three_minutes_is_under_way_nowhere()
    {
        var (card, id) = await service.Issue();
        await LeaveOpenAsAKilledServerDoes(card, id);
        service.Time.Advance(service.Options.UnderWayFor);
        using (service.Ward4Pc2.With(card))
        {
            (await service.Ward4Pc2.Renew(null)).ShouldBeDone();
        }
    }

    [Fact]
    public async Task A_card_that_was_just_renewed_has_nothing_left_to_do()
    {
        var (card, _) = await service.Issue();
        using (service.Ward4Pc1.With(card))
        {
            var session = await service.Ward4Pc1.Session();
            var done = (await service.Ward4Pc1.Renew(session)).ShouldBeDone();
            var at = Expiry.TimeInWords(service.Time.Now, Zone);
            var before = CardState.Of(card);
            var mark = await service.AuditMark();
            (await service.Ward4Pc1.Renew(session)).ShouldSay(
                "RENEWED-ELSEWHERE",
                $"This smartcard was already renewed at {at} on WARD4-PC1. It works until {Expiry.InWords(done.NewNotAfter, Zone)}.",
                "Nothing to do.");
            CardState.Of(card).ShouldBe(before);
            (await service.AuditSince(mark)).ShouldContain("RenewalRefused RENEWED-ELSEWHERE");
        }
    }

    [Fact]
    public async Task An_expired_card_that_waited_too_long_is_not_finished()
    {
        var (card, _) = await service.Issue(daysLeft: 5);
        using (service.Ward4Pc1.With(card))
        {
            var session = await service.Ward4Pc1.Session();
            card.CutAtNext(PivInstruction.GenerateAsymmetricKeyPair);
            (await service.Ward4Pc1.Renew(session)).ShouldRefuse("CARD-REMOVED");
        }

        service.Time.Advance(TimeSpan.FromDays(15));
        var before = CardState.Of(card);
        var mark = await service.AuditMark();
        using (service.Ward4Pc2.With(card))
        {
            const string sentence = "This renewal was started before your card expired but too long ago to finish.";
            (await service.Ward4Pc2.Greet()).ShouldSay("RENEWAL-TOO-LATE", sentence, Told.IdChecker);
            (await service.Ward4Pc2.Renew(null)).ShouldSay("RENEWAL-TOO-LATE", sentence, Told.IdChecker);
            (await service.Ward4Pc2.LogIn()).ShouldSay("RENEWAL-TOO-LATE", sentence, Told.IdChecker);
        }

        CardState.Of(card).ShouldBe(before);
        (await service.AuditSince(mark)).ShouldContain("RenewalRefused RENEWAL-TOO-LATE");
    }

    [Fact]
    public async Task A_repair_that_stopped_is_for_an_ID_Checker_to_finish()
    {
        var (card, id) = await service.Issue();
        var now = service.Time.Now;
        var repair = Guid.NewGuid();
        await service.Change("RepairBegun", r =>
        {
            r.Registry.Operations.Add(new Operation
            {
                Id = repair, Reference = "EV-2345-67", Act = Act.Repair, SmartcardId = id, PersonUuid = SampleWard.Wren.Uuid, State = OperationState.Waiting, Epoch = 1,
                AgentId = service.Ward4Pc2.Agent.AgentId, ComputerName = "WARD4-PC2", NotAfter = now.AddYears(1), OpenedAt = now, FinishBy = now.AddDays(1), TouchedAt = now,
            });
            r.Registry.OperationSteps.Add(new OperationStep
            {
                Id = Guid.NewGuid(), OperationId = repair, KeyReference = 0x9C, Attempt = 1, State = StepState.Intended, Algorithm = (byte)PivAlgorithm.P256, CreatedAt = now, ChangedAt = now,
            });
        });
        var mark = await service.AuditMark();
        using (service.Ward4Pc1.With(card))
        {
            (await service.Ward4Pc1.Greet()).ShouldBeDone().State.ShouldBe(CardStanding.RepairUnfinished);
            var session = await service.Ward4Pc1.Session();
            (await service.Ward4Pc1.Renew(session)).ShouldSay(
                "REPAIR-UNFINISHED", $"A repair of this card stopped at {Expiry.TimeInWords(now, Zone)}.", "Any ID Checker can finish it.");
        }

        (await service.AuditSince(mark)).ShouldContain("RenewalRefused REPAIR-UNFINISHED");
    }

    /// <summary>Runs a renewal of PC1's at this server until its first key is made, and then forgets it without a word.</summary>
    private async Task LeaveOpenAsAKilledServerDoes(SimulatedCard card, Guid id)
    {
        string session;
        using (service.Ward4Pc1.With(card))
        {
            session = LogInOf(await service.Ward4Pc1.Session());
            var opening = service.Services.GetRequiredService<RenewalOpening>();
            var at = (await opening.Open(new RenewalRequest(id, service.Ward4Pc1.Agent.AgentId, session), default)).ShouldBeOfType<RenewalOpened.At>();
            service.Ward4Pc1.Readers.Remove(Computer.Reader);
            using var readers = new SimulatedReaders("reader");
            readers.Insert("reader", card);
            using var connection = readers.Connect("reader");
            using var held = SampleWard.Hold(SampleWard.Passcode, TimeProvider.System);
            var binding = new ActBinding("http://server", service.Ward4Pc1.Agent.AgentId, at.OperationId.ToString("N"), at.Epoch);
            var local = new LocalCard(connection, CardAct.Renewal, binding, held, null, service.Time);
            var killed = new FakeCard(local)
            {
                After = (script, _) => script.Name.StartsWith("generate", StringComparison.Ordinal) ? throw new OperationCanceledException() : null,
            };
            await Should.ThrowAsync<OperationCanceledException>(() => service.Services.GetRequiredService<Renewal>().Run(at, killed, null, default));
        }
    }

    private static string LogInOf(string sessionSecret) => Evercard.Lifecycle.LogIn.LogIn.SessionId(sessionSecret);
}
