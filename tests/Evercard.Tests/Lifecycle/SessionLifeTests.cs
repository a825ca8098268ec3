using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Renewal;
using Evercard.Lifecycle.Sessions;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>No session outlives its card, its link or its time; an act that was cut waits for its card a minute.</summary>
public sealed class SessionLifeTests
{
    private const string Pc1 = "ward4-pc1";
    private readonly List<SessionChange> _told = [];

    [Fact]
    public async Task A_card_that_is_taken_out_ends_its_session_and_the_browsers_with_it()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        await AddBrowser(ward, session);

        await Life(ward).CardRemoved(id, Pc1, default);

        var ended = await Find(ward, session);
        (ended.EndedAt, ended.EndedBecause, ended.SuspendedUntil).ShouldBe((ward.Time.Now, Session.SmartcardRemoved, null));
        var browser = await ward.Read(r => r.Registry.BrowserSessions.SingleAsync(b => b.SessionId == session));
        (browser.EndedAt, browser.EndedBecause).ShouldBe((ward.Time.Now, Session.SmartcardRemoved));
        _told.Single().ShouldBe(new SessionChange(session, Pc1, SessionChangeKind.Ended, Session.SmartcardRemoved, AgentKnows: true));
        (await ward.AuditTrail(id)).Last().ShouldBe("LoggedOut");
    }

    [Fact]
    public async Task A_card_that_is_pulled_out_of_an_act_has_a_minute_to_come_back()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await Cut(ward, card, id);

        await Life(ward).CardRemoved(id, Pc1, default);
        var suspended = await Find(ward, session);
        (suspended.EndedAt, suspended.SuspendedUntil, suspended.SuspendedBecause).ShouldBe((null, ward.Time.Now.AddSeconds(60), Session.SmartcardRemoved));
        suspended.IsLive(ward.Time.Now, ward.Options.SessionAtMost).ShouldBeTrue();

        ward.Time.Advance(TimeSpan.FromSeconds(59));
        await Life(ward).CardSeen(id, Pc1, default);

        var resumed = await Find(ward, session);
        (resumed.EndedAt, resumed.SuspendedUntil, resumed.SuspendedAt, resumed.SuspendedBecause).ShouldBe((null, null, null, null));
        _told.Select(t => t.Kind).ShouldBe([SessionChangeKind.Suspended, SessionChangeKind.Resumed]);
        (await ward.AuditTrail(id)).TakeLast(2).ShouldBe(["SessionSuspended", "SessionResumed"]);
        (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Completed>();
    }

    [Fact]
    public async Task After_the_minute_the_session_was_over_when_the_card_was_pulled()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await Cut(ward, card, id);
        await AddBrowser(ward, session);
        var pulled = ward.Time.Now;
        await Life(ward).CardRemoved(id, Pc1, default);
        ward.Time.Advance(TimeSpan.FromSeconds(60));

        // It counts as over before anybody has written it down, and says so.
        (await Find(ward, session)).IsLive(ward.Time.Now, ward.Options.SessionAtMost).ShouldBeFalse();
        (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Refused>()
            .Refusal.Detail.ShouldBe($"You have been logged out. Your smartcard was removed at {Expiry.TimeInWords(pulled, ward.Options.TimeZone)}.");

        // Too late: the card that comes back ends it.
        await Life(ward).CardSeen(id, Pc1, default);

        var ended = await Find(ward, session);
        (ended.EndedAt, ended.EndedBecause).ShouldBe((pulled, Session.SmartcardRemoved));
        (await ward.Read(r => r.Registry.BrowserSessions.SingleAsync(b => b.SessionId == session))).EndedAt.ShouldBe(pulled);
        _told.Last().ShouldBe(new SessionChange(session, Pc1, SessionChangeKind.Ended, Session.SmartcardRemoved, AgentKnows: false));
        (await Life(ward).EndOverdue(default)).ShouldBe(0);
    }

    [Fact]
    public async Task Another_card_or_another_computer_resumes_nothing()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var (_, other) = await ward.Issue();
        var session = await Cut(ward, card, id);
        await Life(ward).CardRemoved(id, Pc1, default);

        await Life(ward).CardSeen(other, Pc1, default);
        await Life(ward).CardSeen(id, "ward4-pc2", default);

        (await Find(ward, session)).SuspendedUntil.ShouldNotBeNull();
    }

    [Fact]
    public async Task Whoever_logs_in_next_at_this_computer_ends_what_waits_for_another_persons_card()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await Cut(ward, card, id);
        var pulled = ward.Time.Now;
        await Life(ward).CardRemoved(id, Pc1, default);
        ward.Time.Advance(TimeSpan.FromSeconds(10));

        await Life(ward).EndLeftBehind(Pc1, Evercard.DevHost.SampleCards.SampleWard.Wren.Uuid, default);
        await Life(ward).EndLeftBehind("ward4-pc2", Evercard.DevHost.SampleCards.SampleWard.Callum.Uuid, default);
        (await Find(ward, session)).EndedAt.ShouldBeNull();
        await Life(ward).EndLeftBehind(Pc1, Evercard.DevHost.SampleCards.SampleWard.Callum.Uuid, default);

        var ended = await Find(ward, session);
        (ended.EndedAt, ended.EndedBecause).ShouldBe((pulled, Session.SmartcardRemoved));
    }

    [Fact]
    public async Task An_act_that_stopped_a_minute_ago_or_elsewhere_suspends_nothing()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await Cut(ward, card, id);
        ward.Time.Advance(TimeSpan.FromSeconds(60));
        await Life(ward).CardRemoved(id, Pc1, default);
        (await Find(ward, session)).EndedBecause.ShouldBe(Session.SmartcardRemoved);

        var (second, secondId) = await ward.Issue();
        await Cut(ward, second, secondId);
        var elsewhere = await AddSession(ward, secondId, "ward4-pc2");
        await Life(ward).CardRemoved(secondId, "ward4-pc2", default);
        (await Find(ward, elsewhere)).EndedBecause.ShouldBe(Session.SmartcardRemoved);
    }

    [Fact]
    public async Task An_operation_that_a_killed_server_left_open_keeps_no_session_for_long()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        (await ward.Opening.Open(new RenewalRequest(id, Pc1, session), default)).ShouldBeOfType<RenewalOpened.At>();
        ward.Time.Advance(ward.Options.UnderWayFor);
        await Life(ward).CardRemoved(id, Pc1, default);
        (await Find(ward, session)).EndedBecause.ShouldBe(Session.SmartcardRemoved);
    }

    [Fact]
    public async Task A_lost_link_suspends_and_ends_a_minute_later()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        var lost = ward.Time.Now;
        await Life(ward).LinkLost(Pc1, Guid.NewGuid(), default);
        (await Find(ward, session)).SuspendedBecause.ShouldBe(Session.LinkLost);

        // A new link gives no more time.
        ward.Time.Advance(TimeSpan.FromSeconds(40));
        await Life(ward).LinkBegins(Pc1, default);
        (await Find(ward, session)).SuspendedUntil.ShouldBe(lost.AddSeconds(60));

        ward.Time.Advance(TimeSpan.FromSeconds(20));
        (await Life(ward).EndOverdue(default)).ShouldBe(1);
        var ended = await Find(ward, session);
        (ended.EndedAt, ended.EndedBecause).ShouldBe((lost, Session.LinkLost));
        Refusals.LoggedOut(ended, ward.Options.TimeZone).Detail.ShouldBe("You have been logged out. The link to your computer was lost at 8:00am.");
    }

    [Fact]
    public async Task A_newer_link_keeps_the_end_of_the_older_one_from_its_sessions()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        var (older, newer) = (Guid.NewGuid(), Guid.NewGuid());
        await ward.Database.Write(
            async r =>
            {
                // As whichever node has the newer link writes it.
                (await r.Registry.Agents.SingleAsync(a => a.Id == Pc1)).LinkId = newer;
                await r.Registry.Save(new AuditEvent { Kind = "AgentConnected" }, default);
            },
            default);
        await Life(ward).LinkLost(Pc1, older, default);
        (await Find(ward, session)).SuspendedUntil.ShouldBeNull();
        _told.ShouldBeEmpty();
        await Life(ward).LinkLost(Pc1, newer, default);
        (await Find(ward, session)).SuspendedBecause.ShouldBe(Session.LinkLost);
    }

    [Fact]
    public async Task A_session_that_nothing_else_ends_is_over_after_twelve_hours()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        ward.Time.Advance(ward.Options.SessionAtMost - TimeSpan.FromSeconds(1));
        (await Life(ward).EndOverdue(default)).ShouldBe(0);
        ward.Time.Advance(TimeSpan.FromHours(3));

        await Life(ward).EndIfOverdue("another", default);
        (await Find(ward, session)).EndedAt.ShouldBeNull();
        await Life(ward).EndIfOverdue(session, default);

        var ended = await Find(ward, session);
        (ended.EndedAt, ended.EndedBecause).ShouldBe((ended.StartedAt.AddHours(12), Session.TimeOver));
        _told.Single().AgentKnows.ShouldBeFalse();
    }

    [Fact]
    public async Task A_log_out_in_the_browser_is_news_to_the_agent_and_happens_once()
    {
        using var ward = await Ward.Open();
        var (card, id) = await ward.Issue();
        var session = await ward.Session(card, id);
        await Life(ward).LogOutById(session, "the person logged out in the browser", default);
        await Life(ward).LogOutById(session, "again", default);
        await Life(ward).LogOutById("made-up", "again", default);
        _told.Single().ShouldBe(new SessionChange(session, Pc1, SessionChangeKind.Ended, "the person logged out in the browser"));
        (await Find(ward, session)).EndedBecause.ShouldBe("the person logged out in the browser");
    }

    private SessionLife Life(Ward ward) => new(ward.Database, ward.Options, ward.Time, _told.Add);

    private static Task<Session> Find(Ward ward, string id) => ward.Read(r => r.Registry.Sessions.SingleAsync(s => s.Id == id));

    /// <summary>A log-in whose renewal was cut just now.</summary>
    private static async Task<string> Cut(Ward ward, SimulatedCard card, Guid id)
    {
        var session = await ward.Session(card, id);
        card.CutAtNext(PivInstruction.GenerateAsymmetricKeyPair);
        (await ward.Visit(card, id, session)).ShouldBeOfType<RenewalOutcome.Refused>().Refusal.Code.ShouldBe("CARD-REMOVED");
        return session;
    }

    private static async Task<string> AddSession(Ward ward, Guid card, string agent)
    {
        var id = Guid.NewGuid().ToString("N");
        await Save(ward, r => r.Registry.Sessions.Add(new Session
        {
            Id = id, PersonUuid = Evercard.DevHost.SampleCards.SampleWard.Wren.Uuid, SmartcardId = card, AgentId = agent, StartedAt = ward.Time.Now,
        }));
        return id;
    }

    private static Task AddBrowser(Ward ward, string session) => Save(ward, r => r.Registry.BrowserSessions.Add(new BrowserSession
    {
        Id = Guid.NewGuid().ToString("N"), StartingCookieHash = "00", CodeHash = "00", AgentId = Pc1, SessionId = session, ClaimedAt = ward.Time.Now,
    }));

    private static Task Save(Ward ward, Action<Records> change) => ward.Database.Write(
        async r =>
        {
            change(r);
            await r.Registry.Save(new AuditEvent { Kind = "Tested" }, default);
        },
        default);
}
