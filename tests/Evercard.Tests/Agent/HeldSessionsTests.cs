using Evercard.Agent.Sessions;
using Evercard.Protocol;
using Evercard.Tests.Agent.Pages;
using Evercard.Tests.Support;

namespace Evercard.Tests.Agent;

public sealed class HeldSessionsTests
{
    private static readonly LoggedIn Wren = PagesUnderTest.Wren(new LogIn("r", "Reader 0"), roles: 2);
    private readonly ManualTime time = new();
    private readonly HeldSessions sessions;

    public HeldSessionsTests()
    {
        sessions = new HeldSessions(time);
        sessions.Begin("Reader 0", 5, Wren);
    }

    [Fact]
    public void Removing_the_card_ends_its_session_and_late_news_of_another_insertion_do_not()
    {
        sessions.EndAt("Reader 0", 3);
        sessions.At("Reader 0").ShouldNotBeNull().RoleId.ShouldBeNull("of two roles one must be chosen");
        sessions.EndAt("Reader 0", 5);
        sessions.Newest.ShouldBeNull();
    }

    [Fact]
    public void A_session_waits_60_seconds_for_its_own_card()
    {
        sessions.Suspend("Reader 0", 5);
        time.Advance(TimeSpan.FromSeconds(59));
        sessions.Resume("Reader 1", 2, "0412 7731");
        sessions.At("Reader 1").ShouldNotBeNull().SuspendedAt.ShouldBeNull();
        sessions.Suspend("Reader 1", 2);
        time.Advance(TimeSpan.FromSeconds(60));
        sessions.All.ShouldBeEmpty();
    }

    [Fact]
    public void Another_card_in_its_place_ends_it()
    {
        sessions.Suspend("Reader 0", 5);
        sessions.Resume("Reader 0", 7, "0999 0000");
        sessions.All.ShouldBeEmpty();
    }

    [Fact]
    public void The_server_names_an_ended_session_by_its_hash()
    {
        sessions.EndHashed(new string('0', 64));
        sessions.All.Count.ShouldBe(1);
        sessions.EndHashed("B2E0AC59B53DE9B5E95E5B1F4C5F3F3B");
        sessions.All.Count.ShouldBe(1);
        sessions.EndHashed(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("s-1"u8)));
        sessions.All.ShouldBeEmpty();
    }

    [Fact]
    public void No_text_of_it_tells_the_secret() => sessions.Newest!.ToString().ShouldNotContain("s-1");
}
