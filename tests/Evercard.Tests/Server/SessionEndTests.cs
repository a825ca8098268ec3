using System.Security.Cryptography;
using Evercard.Cards.Piv;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Registry.Computers;
using Evercard.Server.Browsers;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Server;

/// <summary>No session outlives its card, its link or its time.</summary>
public sealed class SessionEndTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    private const string Reader = "Reader 0";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The removal found no session yet, and the session began after it.</summary>
    [Fact]
    public async Task A_card_that_leaves_while_its_session_is_made_leaves_none()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        await agent.Show(card, Reader);
        await agent.Send(new LogIn("l-1", Reader));
        var done = agent.Answer(await agent.Receive<RunScript>(), service.Address, card, Reader);
        await agent.Send(new CardGone(Reader, 1));
        await agent.Show(card, "Reader 1");
        await agent.Send(done);
        await agent.Receive<ActEnded>();
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-REMOVED");
        (await OpenSessions(agent)).ShouldBe(0);
    }

    /// <summary>A killed server ended no session: it waits for its card, which the agent shows on its new link.</summary>
    [Fact]
    public async Task A_new_link_goes_on_with_the_session_once_its_card_is_shown()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        await agent.LogIn(service.Address, card, Reader);
        using var key = Copy(agent.Key);
        using var newer = await BareAgent.Join(service.Address, key);
        (await Only(agent)).SuspendedBecause.ShouldBe(Session.LinkLost);

        await newer.Show(card, Reader);
        await Answered(newer);
        (await Only(agent)).SuspendedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task A_new_link_with_another_card_in_the_reader_ends_it_a_minute_later()
    {
        var (card, _) = await service.Issue();
        var (other, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        await agent.LogIn(service.Address, card, Reader);
        using var key = Copy(agent.Key);
        using var newer = await BareAgent.Join(service.Address, key);
        await newer.Show(other, Reader);
        var ended = service.Services.GetRequiredService<Wakeups>().Next((await Only(agent)).Id, default);
        service.Time.Advance(service.Options.SuspendFor);

        // By itself, and the agent hears of it.
        await ended.WaitAsync(Patience);
        (await Only(agent)).EndedBecause.ShouldBe(Session.LinkLost);
        (await newer.Receive<SessionEnded>()).SessionHash.ShouldBe((await Only(agent)).Id);
    }

    [Fact]
    public async Task A_link_that_is_lost_and_does_not_come_back_ends_its_sessions_a_minute_later()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        await agent.LogIn(service.Address, card, Reader);
        var session = (await Only(agent)).Id;
        var changes = service.Services.GetRequiredService<Wakeups>();
        var suspended = changes.Next(session, default);
        agent.Socket.Abort();
        await suspended.WaitAsync(Patience);
        (await Only(agent)).IsLive(service.Time.Now, service.Options.SessionAtMost).ShouldBeTrue();

        var ended = changes.Next(session, default);
        service.Time.Advance(service.Options.SuspendFor);
        (await Only(agent)).IsLive(service.Time.Now, service.Options.SessionAtMost).ShouldBeFalse();
        await ended.WaitAsync(Patience);
        (await Only(agent)).EndedBecause.ShouldBe(Session.LinkLost);
    }

    /// <summary>The agent was told so after the greeting: it had taken the log-in up again already, and opened no window for the card.</summary>
    [Fact]
    public async Task A_card_that_comes_back_too_late_hears_that_its_log_in_is_over_before_it_is_greeted()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        await agent.LogIn(service.Address, card, Reader);
        using var key = Copy(agent.Key);
        using var newer = await BareAgent.Join(service.Address, key);
        service.Time.Advance(service.Options.SuspendFor);
        await newer.Send(new SeeCard("s-2", Reader, card.Image.Read(DataObject.Chuid)!, HasPivApplication: true, Insertion: 2));
        (await newer.Receive<SessionEnded>()).SessionHash.ShouldBe((await Only(agent)).Id);
        await newer.Receive<CardGreeting>();
    }

    [Fact]
    public async Task A_log_out_in_the_browser_is_told_to_the_agent()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        await agent.LogIn(service.Address, card, Reader);
        var session = (await Only(agent)).Id;
        await service.Services.GetRequiredService<SessionLife>().LogOutById(session, "the person logged out in the browser", default);
        var told = await agent.Receive<SessionEnded>();
        (told.SessionHash, told.Because).ShouldBe((session, "the person logged out in the browser"));
    }

    /// <summary>The second greeting refused the card, and with it the server forgot whose leaving ends the session.</summary>
    [Fact]
    public async Task A_card_that_is_refused_by_now_still_ends_its_session_when_it_leaves()
    {
        var (card, _) = await service.Issue(daysLeft: 0);
        using var agent = await BareAgent.Join(service.Address);
        service.Time.Now = Expiry.EndOfDay(Expiry.LocalDate(service.Time.Now, service.Options.TimeZone), service.Options.TimeZone).AddMinutes(-1);
        var session = await agent.LogIn(service.Address, card, Reader);
        service.Time.Advance(TimeSpan.FromMinutes(2));
        await agent.Send(new SeeCard("s-2", Reader, card.Image.Read(DataObject.Chuid)!, HasPivApplication: true, Insertion: 1));
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-EXPIRED");
        await agent.Send(new Renew("r-1", session.SessionId, Reader, TakeOver: false));
        (await agent.Receive<Refused>()).Code.ShouldBe("RENEW-EXPIRED");

        await agent.Send(new CardGone(Reader, 1));
        await Answered(agent);

        (await Only(agent)).EndedBecause.ShouldBe(Session.SmartcardRemoved);
    }

    /// <summary>The whole way: pulled out of a renewal, put back, and finished in the same session.</summary>
    [Fact]
    public async Task A_card_that_is_put_back_within_the_minute_finishes_in_the_same_session()
    {
        var (card, id) = await service.Issue();
        string session;
        using (service.Ward4Pc1.With(card))
        {
            session = await service.Ward4Pc1.Session();
            card.CutAtNext(PivInstruction.GenerateAsymmetricKeyPair);
            (await service.Ward4Pc1.Renew(session)).ShouldRefuse("CARD-REMOVED");
        }

        service.Time.Advance(TimeSpan.FromSeconds(40));
        using (service.Ward4Pc1.With(card))
        {
            (await service.Ward4Pc1.Greet()).ShouldBeDone().State.ShouldBe(CardStanding.RenewalUnfinished);
            (await service.Ward4Pc1.Renew(session)).ShouldBeDone();
        }

        var kinds = await service.Read(r => r.Registry.AuditEvents.Where(e => e.SmartcardId == id).OrderBy(e => e.Sequence).Select(e => e.Kind).ToListAsync());
        kinds.IndexOf("SessionResumed").ShouldBeGreaterThan(kinds.IndexOf("SessionSuspended"));
        kinds.IndexOf("SessionSuspended").ShouldBeGreaterThan(0);
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
        await agent.Send(new LogOut("made-up"));
        await agent.Send(new CardGone("Reader 9", 7));
        await agent.Send(new ChooseRole("c-1", "made-up", "999000001001"));
        (await agent.Receive<Refused>()).Code.ShouldBe("LOGGED-OUT");
        await agent.Send(new SetNewPasscode("p-1", "made-up", "Reader 9"));
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-UNKNOWN");
        await agent.Send(new LogIn("l-1", "Reader 9"));
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-UNKNOWN");
        await agent.Send(new Renew("r-1", null, "Reader 9", TakeOver: true));
        (await agent.Receive<Refused>()).Code.ShouldBe("CARD-UNKNOWN");
        await agent.Show(card, Reader);
        var id = agent.Id;
        (await service.Read(r => r.Registry.AuditEvents.Where(e => e.AgentId == id).Select(e => e.Kind).ToListAsync())).ShouldBe(["AgentRegistered"]);
    }

    /// <summary>It was told as "the service cannot be reached".</summary>
    [Fact]
    public async Task A_passcode_that_is_held_no_more_is_asked_for_again()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        await agent.Show(card, Reader);
        await agent.Send(new LogIn("l-1", Reader));
        await agent.Send(new ScriptRefused((await agent.Receive<RunScript>()).ScriptId, ScriptRefusal.NoPasscode));
        await agent.Receive<ActEnded>();
        var refused = await agent.Receive<Refused>();
        (refused.Code, refused.NextStep).ShouldBe(("PASSCODE-NEEDED", "Type your passcode again."));
    }

    private Task<int> OpenSessions(BareAgent agent)
    {
        var id = agent.Id;
        return service.Read(r => r.Registry.Sessions.CountAsync(s => s.AgentId == id && s.EndedAt == null));
    }

    private Task<Session> Only(BareAgent agent)
    {
        var id = agent.Id;
        return service.Read(r => r.Registry.Sessions.SingleAsync(s => s.AgentId == id));
    }

    /// <summary>What was sent before was answered in order: this comes after it.</summary>
    private static async Task Answered(BareAgent agent)
    {
        await agent.Send(new ChooseRole("c-1", "made-up", "999000001001"));
        await agent.Receive<Refused>();
    }

    private static ECDsa Copy(ECDsa key) => ECDsa.Create(key.ExportParameters(includePrivateParameters: true));
}
