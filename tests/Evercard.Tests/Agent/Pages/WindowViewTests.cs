using Evercard.Agent;
using Evercard.Agent.Pages.Opened;
using Evercard.Agent.Pages.Window;
using Evercard.Agent.Sessions;
using Evercard.Protocol;

namespace Evercard.Tests.Agent.Pages;

public sealed class WindowViewTests
{
    private static readonly CardInReader Card = new("Reader 0", 5, 3, new CardGreeting("r", CardStanding.Good, "Wren Holloway"));
    private static readonly WindowFacts Asking = new(new PageState(), Card, null, 1, HasReader: true, IsConnected: true, Returns: false, AsksForRole: false);

    [Fact]
    public void Without_reader_card_or_service_the_window_says_what_is_missing()
    {
        var empty = Asking with { Card = null, CardsIn = 0 };
        Of(empty).ShouldBe(WindowView.InsertCard);
        Of(empty with { HasReader = false }).ShouldBe(WindowView.NoReader);
        Of(empty with { IsConnected = false }).ShouldBe(WindowView.Unreachable);
        Of(empty with { CardsIn = 2 }).ShouldBe(WindowView.WhichCard);
        Of(empty with { State = new PageState { Insertion = 5 } }).ShouldBe(WindowView.Gone);
        Of(Asking with { Card = new CardInReader("Reader 0", 5) }).ShouldBe(WindowView.LookingUp);
    }

    [Theory]
    [InlineData(CardStanding.Good, WindowView.LogIn)]
    [InlineData(CardStanding.RenewalDue, WindowView.LogIn)]
    [InlineData(CardStanding.RenewalUnfinished, WindowView.Finish)]
    [InlineData(CardStanding.RepairUnfinished, WindowView.Refused)]
    [InlineData(CardStanding.Expired, WindowView.Refused)]
    [InlineData(CardStanding.Cancelled, WindowView.Refused)]
    [InlineData(CardStanding.Blank, WindowView.Refused)]
    [InlineData(CardStanding.Unknown, WindowView.Refused)]
    public void A_greeting_decides_whether_a_passcode_is_asked(CardStanding standing, WindowView view) =>
        Of(Asking with { Card = Card with { Greeting = new CardGreeting("r", standing) } }).ShouldBe(view);

    [Fact]
    public void The_last_try_is_used_only_on_purpose_and_a_locked_card_is_not_asked()
    {
        var last = Asking with { Card = Card with { TriesLeft = 1 } };
        Of(last).ShouldBe(WindowView.LastTry);
        Of(last with { State = new PageState { LastTryOf = 5 } }).ShouldBe(WindowView.LogIn);
        Of(last with { State = new PageState { LastTryOf = 4 } }).ShouldBe(WindowView.LastTry, "that was another card");
        Of(Asking with { Card = Card with { TriesLeft = 0 } }).ShouldBe(WindowView.Refused);
        Of(Asking with { Card = Card with { Greeting = null, Refused = AgentRefusals.CardUnreadable } }).ShouldBe(WindowView.Refused);
    }

    [Fact]
    public void A_wrong_passcode_asks_again_and_another_refusal_stays_with_its_own_card()
    {
        var wrong = new PageState().Saying(AgentRefusals.PasscodeFormat, 5);
        Of(Asking with { State = wrong }).ShouldBe(WindowView.LogIn);
        var removed = new PageState().Saying(AgentRefusals.CardRemoved, 5);
        Of(Asking with { State = removed }).ShouldBe(WindowView.Refused);
        Of(Asking with { State = removed, Card = Card with { Insertion = 7 } }).ShouldBe(WindowView.LogIn);
    }

    [Fact]
    public void After_the_log_in_comes_the_role_then_the_notice_then_the_end()
    {
        var two = LoggedIn(roles: 2);
        Of(two).ShouldBe(WindowView.Role);
        var chosen = two with { Session = two.Session! with { RoleId = "100000000001" } };
        Of(chosen).ShouldBe(WindowView.Notice);
        Of(chosen with { State = new PageState { Notice = NoticeAnswer.Yes } }).ShouldBe(WindowView.LoggedIn);
        Of(chosen with { State = new PageState { Notice = NoticeAnswer.No } }).ShouldBe(WindowView.NoticeDeclined);
        Of(LoggedIn(roles: 0)).ShouldBe(WindowView.Notice, "no role may still renew");
        Of(LoggedIn(roles: 1, offered: false)).ShouldBe(WindowView.LoggedIn);
    }

    [Fact]
    public void A_browser_that_waits_goes_on_without_the_notice_but_not_without_the_role()
    {
        Of(LoggedIn(roles: 1) with { Returns = true }).ShouldBe(WindowView.Return);
        Of(LoggedIn(roles: 2) with { Returns = true }).ShouldBe(WindowView.Role);
        var asked = LoggedIn(roles: 1) with { Returns = true, AsksForRole = true };
        Of(asked).ShouldBe(WindowView.Role);
        Of(asked with { State = new PageState { IsRoleChosen = true } }).ShouldBe(WindowView.Return);
    }

    private static WindowView Of(WindowFacts facts) => WindowViews.Choose(facts);

    private static WindowFacts LoggedIn(int roles, bool offered = true)
    {
        var message = PagesUnderTest.Wren(new LogIn("r", "Reader 0"), offered, roles);
        return Asking with { Session = new AgentSession("Reader 0", 5, message, roles == 1 ? message.Roles[0].Id : null) };
    }
}
