using Evercard.Protocol;

namespace Evercard.Tests.Agent.Pages;

public sealed class PasscodeChangePageTests
{
    [Theory]
    [InlineData("passcode=73915&new=918273&again=918273", "A passcode is 6 to 8 digits.")]
    [InlineData("passcode=739154&new=9182&again=9182", "A passcode is 6 to 8 digits.")]
    [InlineData("passcode=739154&new=918273&again=918274", "The two passcodes are not the same.")]
    [InlineData("passcode=739154&new=123456&again=123456", "That passcode is too easy to guess.")]
    public async Task What_can_be_seen_here_uses_no_try(string fields, string error)
    {
        await using var pages = await PagesUnderTest.Start();
        pages.Server.Requests.OnLogIn = (_, request) => Task.FromResult<Message>(PagesUnderTest.Wren(request));
        var asked = false;
        pages.Server.Requests.OnSetNewPasscode = request =>
        {
            asked = true;
            return Task.FromResult<Message>(new PasscodeChanged(request.RequestId));
        };
        await pages.LoggedIn();
        var path = await pages.Opened(AgentPage.PasscodeChange, "/dashboard");
        await pages.Post(path, await pages.Get(path), "change", fields);
        var page = await pages.Get(path);
        page.Title.ShouldBe("Error: Change your passcode – Identity Agent");
        page.Text.ShouldContain(error);
        asked.ShouldBeFalse();
    }

    [Fact]
    public async Task A_new_passcode_is_set_and_said_and_the_browser_goes_back_from_there()
    {
        await using var pages = await PagesUnderTest.Start();
        pages.Server.Requests.OnLogIn = (_, request) => Task.FromResult<Message>(PagesUnderTest.Wren(request));
        pages.Server.Requests.OnSetNewPasscode = request => Task.FromResult<Message>(new PasscodeChanged(request.RequestId));
        await pages.LoggedIn();
        var path = await pages.Opened(AgentPage.PasscodeChange, "/dashboard");
        var answer = await pages.Post(path, await pages.Get(path), "change", "passcode=739154&new=918273&again=918273");
        answer.Location.ShouldBe(path);
        var said = await pages.Get(path);
        said.Title.ShouldBe("Your passcode is changed – Identity Agent");
        said.Body.ShouldContain($"{pages.Server.Address.GetLeftPart(UriPartial.Authority)}/dashboard");
    }

    [Fact]
    public async Task Without_a_log_in_it_says_so()
    {
        await using var pages = await PagesUnderTest.Start();
        await pages.NextWindow();
        (await pages.Get(await pages.Opened(AgentPage.PasscodeChange, "/dashboard"))).Text.ShouldContain("You have been logged out.");
    }

    [Fact]
    public async Task From_the_status_page_one_gets_there_and_out()
    {
        await using var pages = await PagesUnderTest.Start();
        pages.Server.Requests.OnLogIn = (_, request) => Task.FromResult<Message>(PagesUnderTest.Wren(request));
        await pages.LoggedIn();
        var status = await pages.Get("/");
        status.Text.ShouldContain("Yes: Staff nurse, Ward 1, Thistledown Hospitals");
        status.Text.ShouldContain("29 January 2027, in 68 days");
        (await pages.Post("/", status, "passcode", "reader=Reader+0")).Location.ShouldNotBeNull().ShouldStartWith("/passcode/");
        (await pages.Post("/", await pages.Get("/"), "log-out", "reader=Reader+0")).Location.ShouldBe("/");
        (await pages.Server.Requests.Next<LogOut>()).SessionId.ShouldBe("s-1");
        pages.Computer.Agent.Sessions.ShouldBeEmpty();
    }
}
