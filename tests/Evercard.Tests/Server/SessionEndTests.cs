using System.Security.Cryptography;
using Evercard.Agent.CardScripts;
using Evercard.Cards.Piv;
using Evercard.Cards.Readers;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Server;

/// <summary>No session outlives its card, its link or its time.</summary>
public sealed class SessionEndTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    private const string Reader = "Reader 0";

    /// <summary>The removal found no session yet, and the session began after it.</summary>
    [Fact]
    public async Task A_card_that_leaves_while_its_session_is_made_leaves_none()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        await Show(agent, card, Reader);
        await agent.Send(new LogIn("l-1", Reader));
        var done = Answered(await agent.Receive<RunScript>(), agent, card);
        await agent.Send(new CardGone(Reader, 1));
        await Show(agent, card, "Reader 1");
        await agent.Send(done);
        await agent.Receive<ActEnded>();
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-REMOVED");
        (await OpenSessions(agent)).ShouldBe(0);
    }

    /// <summary>A killed server ended no session, and nothing did later.</summary>
    [Fact]
    public async Task A_new_link_ends_the_sessions_of_the_one_before()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        await LogIn(agent, card);
        (await OpenSessions(agent)).ShouldBe(1);
        using var key = ECDsa.Create(agent.Key.ExportParameters(includePrivateParameters: true));
        using var newer = await BareAgent.Join(service.Address, key);
        (await OpenSessions(agent)).ShouldBe(0);
    }

    [Fact]
    public async Task A_session_is_over_after_twelve_hours()
    {
        var (card, _) = await service.Issue();
        using (service.Ward4Pc1.With(card))
        {
            var session = await service.Ward4Pc1.Session();
            service.Time.Advance(TimeSpan.FromHours(12));
            (await service.Ward4Pc1.Renew(session)).ShouldRefuse("LOGGED-OUT");
        }
    }

    /// <summary>Each wrote an audit event, as often as a peer liked.</summary>
    [Fact]
    public async Task Made_up_sessions_cards_and_readers_write_nothing()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        var mark = await service.AuditMark();
        await agent.Send(new LogOut("made-up"));
        await agent.Send(new CardGone("Reader 9", 7));
        await agent.Send(new LogIn("l-1", "Reader 9"));
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-UNKNOWN");
        await agent.Send(new Renew("r-1", null, "Reader 9", TakeOver: true));
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-UNKNOWN");
        await Show(agent, card, Reader);
        (await service.AuditSince(mark)).ShouldBeEmpty();
    }

    /// <summary>It was told as "the service cannot be reached".</summary>
    [Fact]
    public async Task A_passcode_that_is_held_no_more_is_asked_for_again()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        await Show(agent, card, Reader);
        await agent.Send(new LogIn("l-1", Reader));
        await agent.Send(new ScriptRefused((await agent.Receive<RunScript>()).ScriptId, ScriptRefusal.NoPasscode));
        await agent.Receive<ActEnded>();
        var refused = await agent.Receive<Refused>();
        (refused.Code, refused.NextStep).ShouldBe(("PASSCODE-NEEDED", "Type your passcode again."));
    }

    private async Task LogIn(BareAgent agent, SimulatedCard card)
    {
        await Show(agent, card, Reader);
        await agent.Send(new LogIn("l-1", Reader));
        await agent.Send(Answered(await agent.Receive<RunScript>(), agent, card));
        await agent.Receive<ActEnded>();
        await agent.Receive<LoggedIn>();
    }

    private static async Task Show(BareAgent agent, SimulatedCard card, string reader)
    {
        await agent.Send(new SeeCard("s", reader, card.Image.Read(DataObject.Chuid)!, HasPivApplication: true, Insertion: 1));
        await agent.Receive<CardGreeting>();
    }

    /// <summary>What an honest agent answers.</summary>
    private Message Answered(RunScript script, BareAgent agent, SimulatedCard card)
    {
        using var readers = new SimulatedReaders(Reader);
        readers.Insert(Reader, card);
        using var held = SampleWard.Hold(SampleWard.Passcode, TimeProvider.System);
        ReaderStatus? Look(string name) => readers.List().Single();
        var act = new RunningAct(
            CardAct.LogIn, readers.Connect(Reader), readers.List().Single(), Look, held, null,
            HelloStatement.OriginOf(service.Address), AgentId(agent), new Epochs(), TimeProvider.System);
        return act.Run(script);
    }

    private Task<int> OpenSessions(BareAgent agent)
    {
        var id = AgentId(agent);
        return service.Read(r => r.Registry.Sessions.CountAsync(s => s.AgentId == id && s.EndedAt == null));
    }

    private static string AgentId(BareAgent agent) => HelloStatement.AgentIdOf(agent.Key.ExportSubjectPublicKeyInfo());
}
