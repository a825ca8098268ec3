using Evercard.Agent;
using Evercard.Cards.Piv;
using Evercard.Protocol;
using Evercard.Registry.Computers;
using Evercard.Tests.Server;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Journey;

/// <summary>What is wrong with the computer, its readers or its link.</summary>
public sealed class ComputerRefusalTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    /// <summary>Found by this test: the refusal was not recorded.</summary>
    [Fact]
    public async Task A_clock_that_is_three_days_behind_lets_its_user_log_in_and_renews_nothing()
    {
        var slow = new ManualTime(service.Time.Now.AddDays(-3));
        await using var computer = await service.Start("WARD4-PC3", time: slow);
        var (card, _) = await service.Issue();
        var mark = await service.AuditMark();
        using (computer.With(card))
        {
            var session = await computer.Session();
            var before = CardState.Of(card);
            (await computer.Renew(session)).ShouldSay("CLOCK-WRONG", "This computer's clock is 3 days behind.", "Ask IT to set the clock. Your card is fine.");
            CardState.Of(card).ShouldBe(before);
        }

        (await service.AuditSince(mark)).ShouldContain("RenewalRefused CLOCK-WRONG");
    }

    /// <summary>Found by this test: the refusal was not recorded.</summary>
    [Fact]
    public async Task An_old_agent_logs_in_and_renews_nothing()
    {
        await using var computer = await service.Start("WARD4-PC4", version: "0.0.9");
        var (card, _) = await service.Issue();
        var mark = await service.AuditMark();
        using (computer.With(card))
        {
            var session = await computer.Session();
            var before = CardState.Of(card);
            (await computer.Renew(session)).ShouldSay(
                "AGENT-OLD", "Identity Agent 0.0.9 is too old for this.", "Ask IT for Identity Agent 0.1, or use another computer. You can still log in.");
            CardState.Of(card).ShouldBe(before);
        }

        (await service.AuditSince(mark)).ShouldContain("RenewalRefused AGENT-OLD");
    }

    [Fact]
    public async Task A_quarantined_computer_gets_no_act()
    {
        await using var computer = await service.Start("WARD4-PC5");
        var (card, _) = await service.Issue();
        var mark = await service.AuditMark();
        using (computer.With(card))
        {
            var session = await computer.Session();
            await service.Change("AgentQuarantined", r => r.Registry.Agents.Single(a => a.Id == computer.Agent.AgentId).Status = AgentStatus.Quarantined);
            (await computer.LogIn("000000")).ShouldRefuse("AGENT-QUARANTINED");
            card.Image.Passcode.TriesLeft.ShouldBe(3);
            var before = CardState.Of(card);
            (await computer.Renew(session)).ShouldSay(
                "AGENT-QUARANTINED", "This computer told us something about your card that is not true.", "Finish at another computer. Your card is safe.");
            CardState.Of(card).ShouldBe(before);
        }

        (await service.AuditSince(mark)).ShouldContain("RenewalRefused AGENT-QUARANTINED");
        (await service.AuditSince(mark)).ShouldContain("LogInRefused AGENT-QUARANTINED");
    }

    /// <summary>The agent's own: the server never hears of it.</summary>
    [Fact]
    public async Task A_card_that_another_program_holds_is_busy_and_untouched()
    {
        var (card, _) = await service.Issue();
        using (service.Ward4Pc1.With(card))
        {
            var session = await service.Ward4Pc1.Session();
            var before = CardState.Of(card);
            using (service.Ward4Pc1.Readers.HoldExclusively(Computer.Reader))
            {
                (await service.Ward4Pc1.Renew(session)).ShouldSay(
                    "CARD-BUSY", "Another program is using your smartcard.", "Close it, or wait: we try again for 10 seconds.");
            }

            CardState.Of(card).ShouldBe(before);
            (await service.Ward4Pc1.Renew(session)).ShouldBeDone();
        }
    }

    [Fact]
    public async Task No_reader_and_no_card_are_told_by_the_agent()
    {
        (await service.Ward4Pc2.LogIn()).ShouldRefuse("CARD-REMOVED");
        (await service.Ward4Pc2.LogIn(reader: "Reader 9")).ShouldSay("READER-NONE", "We cannot see a reader.", "Plug it in; we carry on by ourselves.");
        AgentRefusals.Of(Evercard.Cards.CardConnectionFailure.ReaderGone).ShouldBe(AgentRefusals.ReaderUnplugged);
        AgentRefusals.ReaderUnplugged.Title.ShouldBe("The reader was unplugged. Your card is safe.");
    }

    [Fact]
    public async Task A_server_that_has_stopped_cannot_be_reached_and_the_card_is_left_alone()
    {
        var gone = new JourneyNode();
        await gone.InitializeAsync();
        var (card, _) = await gone.Issue();
        await using var computer = await gone.Start("WARD4-PC6");
        using var inReader = computer.With(card);
        var session = await computer.Session();
        await gone.DisposeAsync();
        var before = CardState.Of(card);
        (await computer.Renew(session)).ShouldSay(
            "SERVICE-UNREACHABLE", "This computer cannot reach the service.", "Check the network, or choose Check this computer.");
        CardState.Of(card).ShouldBe(before);
    }

    [Fact]
    public async Task A_computer_that_vanishes_in_the_middle_leaves_a_renewal_to_be_finished_elsewhere()
    {
        var vanishing = await service.Start("WARD4-PC7");
        var (card, id) = await service.Issue();
        var mark = await service.AuditMark();
        vanishing.Readers.Insert(Computer.Reader, card);
        var session = await vanishing.Session();
        using var generated = new ManualResetEventSlim();
        using var gone = new ManualResetEventSlim();
        card.Transcript = exchange =>
        {
            if (exchange.Command.Ins == PivInstruction.GenerateAsymmetricKeyPair)
            {
                card.Transcript = null;
                generated.Set();
                gone.Wait(TimeSpan.FromSeconds(20));
            }
        };
        var renewing = Task.Run(() => vanishing.Renew(session));
        await Task.Run(generated.Wait);
        var disposing = vanishing.DisposeAsync().AsTask();
        while (vanishing.Agent.IsConnected)
        {
            await Task.Yield();
        }

        gone.Set();
        await disposing;
        (await renewing).ShouldRefuse("SERVICE-UNREACHABLE");

        using (service.Ward4Pc2.With(card))
        {
            (await service.Ward4Pc2.Renew(null, takeOver: true)).ShouldBeDone();
            (await service.Ward4Pc2.LogIn()).ShouldBeDone();
        }

        (await service.AuditSince(mark)).ShouldContain("RenewalCompleted");
        (await service.Read(r => r.Registry.Operations.CountAsync(o => o.SmartcardId == id && o.State == Evercard.Registry.Journal.OperationState.Completed))).ShouldBe(2);
    }

    /// <summary>Found by this test: the end of an agent's older link took away the cards and sessions of its newer one.</summary>
    [Fact]
    public async Task The_late_end_of_an_older_link_takes_nothing_from_its_successor()
    {
        var (card, _) = await service.Issue();
        var chuid = card.Image.Read(DataObject.Chuid)!;
        using var older = await BareAgent.Join(service.Address);
        await older.Send(new SeeCard("s-1", Computer.Reader, chuid, HasPivApplication: true, Insertion: 1));
        await older.Receive<CardGreeting>();
        using var key = System.Security.Cryptography.ECDsa.Create(older.Key.ExportParameters(includePrivateParameters: true));
        var mark = await service.AuditMark();
        using var newer = await BareAgent.Join(service.Address, key);
        await newer.Send(new SeeCard("s-2", Computer.Reader, chuid, HasPivApplication: true, Insertion: 1));
        await newer.Receive<CardGreeting>();
        await older.Closed();
        while (!(await service.AuditSince(mark)).Contains("AgentDisconnected"))
        {
            await Task.Yield();
        }

        await newer.Send(new LogIn("l-1", Computer.Reader));
        (await newer.Receive<RunScript>()).Name.ShouldBe("log in");
    }

    [Fact]
    public async Task A_card_that_was_changed_while_the_link_was_down_ends_its_session()
    {
        var (first, id) = await service.Issue();
        var (second, _) = await service.Issue();
        using var older = await BareAgent.Join(service.Address);
        await older.Send(new SeeCard("s-1", Computer.Reader, first.Image.Read(DataObject.Chuid)!, HasPivApplication: true, Insertion: 1));
        await older.Receive<CardGreeting>();
        var session = Guid.NewGuid().ToString("N");
        await service.Change("LoggedIn", r => r.Registry.Sessions.Add(new Session
        {
            Id = session, PersonUuid = Evercard.DevHost.SampleCards.SampleWard.Wren.Uuid, SmartcardId = id, StartedAt = service.Time.Now,
            AgentId = HelloStatement.AgentIdOf(older.Key.ExportSubjectPublicKeyInfo()),
        }));

        // The server has not noticed yet that the older link is dead when the agent is back with another card.
        using var key = System.Security.Cryptography.ECDsa.Create(older.Key.ExportParameters(includePrivateParameters: true));
        using var newer = await BareAgent.Join(service.Address, key);
        await newer.Send(new SeeCard("s-2", Computer.Reader, second.Image.Read(DataObject.Chuid)!, HasPivApplication: true, Insertion: 3));
        await newer.Receive<CardGreeting>();
        service.Time.Advance(service.Options.SuspendFor);
        (await service.Read(r => r.Registry.Sessions.SingleAsync(s => s.Id == session))).IsLive(service.Time.Now, service.Options.SessionAtMost).ShouldBeFalse();
    }
}
