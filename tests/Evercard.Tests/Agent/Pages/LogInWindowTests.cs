using Evercard.Protocol;

namespace Evercard.Tests.Agent.Pages;

public sealed class LogInWindowTests
{
    [Fact]
    public async Task A_card_that_is_put_in_opens_its_window_and_the_passcode_logs_in()
    {
        await using var pages = await PagesUnderTest.Start();
        pages.Server.Requests.OnLogIn = (_, request) => Task.FromResult<Message>(PagesUnderTest.Wren(request));
        var window = await pages.NextWindow();
        var page = await pages.Get(window);
        page.Status.ShouldBe(200, page.Body);
        page.Title.ShouldBe("Log in – Identity Agent");
        page.Text.ShouldContain("Wren Holloway");
        page.Text.ShouldContain("You have 3 tries.");
        var answer = await pages.Post(window, page, "log-in", $"passcode={AgentUnderTest.Passcode}");
        answer.Status.ShouldBe(303, answer.Body);
        answer.Location.ShouldBe(window);
        var notice = await pages.Get(window);
        notice.Text.ShouldContain("Your smartcard expires on 29 January 2027, in 68 days. Renew it now? It takes about 20 seconds.");
        await pages.Post(window, notice, "yes");
        pages.Browsers.Single().PathAndQuery.ShouldBe(
            $"/log-in?agent={pages.Computer.Agent.AgentId}&return=%2Furswebapp%2F%3Foperation%3DselfRenewSmartcard");
        (await pages.Get(window)).Title.ShouldBe("You are logged in – Identity Agent");
    }

    [Fact]
    public async Task A_wrong_passcode_says_how_many_tries_are_left()
    {
        await using var pages = await PagesUnderTest.Start();
        pages.Server.Requests.OnLogIn = (_, request) => Task.FromResult<Message>(
            new Refused(request.RequestId, "PASSCODE-WRONG", "That passcode is not right. You have 2 tries left.", "Try again.", null, 2));
        var window = await pages.NextWindow();
        await pages.Post(window, await pages.Get(window), "log-in", "passcode=111222");
        var page = await pages.Get(window);
        page.Title.ShouldBe("Error: Log in – Identity Agent");
        page.Text.ShouldContain("That passcode is not right. You have 2 tries left.");
        page.Body.ShouldNotContain("111222");
    }

    [Fact]
    public async Task A_browser_that_must_log_in_first_goes_back_without_the_notice()
    {
        await using var pages = await PagesUnderTest.Start();
        pages.Server.Requests.OnLogIn = (_, request) => Task.FromResult<Message>(PagesUnderTest.Wren(request, roles: 2));
        await pages.NextWindow();
        var path = await pages.Opened(AgentPage.LogIn, "/renew");
        await pages.Post(path, await pages.Get(path), "log-in", $"passcode={AgentUnderTest.Passcode}");
        var roles = await pages.Get(path);
        roles.Title.ShouldBe("Choose your role – Identity Agent");
        roles.Text.ShouldContain("Staff nurse, Ward 2, Thistledown Hospitals");
        var answer = await pages.Post(path, roles, "role", "role=100000000002");
        answer.Location.ShouldBe($"{pages.Server.Address.GetLeftPart(UriPartial.Authority)}/renew");
        (await pages.Server.Requests.Next<ChooseRole>()).RoleProfileId.ShouldBe("100000000002");
        pages.Computer.Agent.Sessions.Single().Role!.RoleName.ShouldBe("Staff nurse, Ward 2");
    }

    [Fact]
    public async Task A_card_that_is_taken_out_logs_out_here_too()
    {
        await using var pages = await PagesUnderTest.Start();
        pages.Server.Requests.OnLogIn = (_, request) => Task.FromResult<Message>(PagesUnderTest.Wren(request, renewalOffered: false));
        var window = await pages.LoggedIn();
        var gone = new TaskCompletionSource();
        pages.Computer.Agent.Changed += (_, _) => gone.TrySetResult();
        pages.Computer.Readers.Remove(AgentUnderTest.Reader);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));
        pages.Computer.Agent.Sessions.ShouldBeEmpty();
        (await pages.Get(window)).Title.ShouldBe("You have been logged out – Identity Agent");
    }

    [Fact]
    public async Task Two_cards_ask_whose_is_whose()
    {
        await using var pages = await PagesUnderTest.Start(readers: [AgentUnderTest.Reader, "Reader 1"]);
        await pages.NextWindow();
        var second = AgentUnderTest.SomeCard();
        pages.Computer.Readers.Insert("Reader 1", second);
        await pages.NextWindow();
        var path = (await pages.Connection.Ask(
            new OpenPage("p-1", AgentPage.LogIn, null, DateTimeOffset.UnixEpoch, "/renew"), CancellationToken.None)).ShouldBeOfType<PageOpened>().Path;
        var page = await pages.Get(path);
        page.Text.ShouldContain("Two smartcards are in the readers.");
        await pages.Post(path, page, "which", "reader=Reader%201");
        var asks = await pages.Get(path);
        asks.Text.ShouldContain("Reader: Reader 1");
    }

    /// <summary>It got none: the log-in that still waited for its card counted as somebody who was there.</summary>
    [Fact]
    public async Task A_card_that_comes_while_another_log_in_waits_for_its_card_gets_its_window()
    {
        await using var pages = await PagesUnderTest.Start(
            readers: [AgentUnderTest.Reader, "Reader 1"],
            greet: request => request.Reader == AgentUnderTest.Reader
                ? new CardGreeting(request.RequestId, CardStanding.RenewalDue, "Wren Holloway", "0412 7731")
                : new CardGreeting(request.RequestId, CardStanding.Good, "Callum Marsh", "0998 1204"));
        pages.Server.Requests.OnLogIn = (_, request) => Task.FromResult<Message>(PagesUnderTest.Wren(request));
        var isRunning = new TaskCompletionSource();
        var neverAnswered = new TaskCompletionSource<Message>();
        pages.Server.Requests.OnRenew = (_, _) =>
        {
            isRunning.SetResult();
            return neverAnswered.Task;
        };
        await pages.LoggedIn();
        var path = await pages.Opened(AgentPage.Renewal);
        var posted = pages.Post(path, await pages.Get(path), "confirm", $"passcode={AgentUnderTest.Passcode}");
        await isRunning.Task.WaitAsync(TimeSpan.FromSeconds(20));
        pages.Computer.Readers.Remove(AgentUnderTest.Reader);
        await Until(() => Task.FromResult(pages.Computer.Agent.Sessions is [{ SuspendedAt: not null }]));
        pages.Computer.Readers.Insert("Reader 1", AgentUnderTest.SomeCard());
        (await pages.Get(await pages.NextWindow())).Text.ShouldContain("Callum Marsh");
        pages.Computer.Agent.Sessions.ShouldHaveSingleItem().SuspendedAt.ShouldNotBeNull();
        posted.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Before_the_last_try_the_window_pauses()
    {
        await using var pages = await PagesUnderTest.Start();
        pages.Server.Requests.OnLogIn = (_, request) => Task.FromResult<Message>(
            new Refused(request.RequestId, "PASSCODE-WRONG", "That passcode is not right. You have 1 try left.", "Take care.", null, 1));
        var window = await pages.NextWindow();
        await pages.Post(window, await pages.Get(window), "log-in", "passcode=111222");
        var pause = await pages.Get(window);
        pause.Text.ShouldContain("PASSCODE-LAST");
        await pages.Post(window, pause, "last-try");
        (await pages.Get(window)).Title.ShouldBe("Log in – Identity Agent");
    }

    [Fact]
    public async Task Whoever_forgot_the_passcode_is_told_who_can_unlock()
    {
        await using var pages = await PagesUnderTest.Start(greet: request => new CardGreeting(
            request.RequestId, CardStanding.Good, "Wren Holloway", Help: ["Priya Nair, reception, 8am to 6pm"]));
        var page = await pages.Get(await pages.NextWindow() + "/forgotten");
        page.Text.ShouldContain("You do not need to guess.");
        page.Text.ShouldContain("Priya Nair, reception, 8am to 6pm");
        page.Text.ShouldContain("PASSCODE-FORGOTTEN");
    }

    [Fact]
    public async Task A_half_renewed_card_is_finished_in_the_window_and_then_logs_in()
    {
        var standing = CardStanding.RenewalUnfinished;
        await using var pages = await PagesUnderTest.Start(greet: request => new CardGreeting(
            request.RequestId, standing, "Wren Holloway", "0412 7731", RenewalOpenOn: "WARD4-PC2", StoppedAt: new DateTimeOffset(2026, 11, 22, 7, 58, 0, TimeSpan.Zero)));
        var goOn = new TaskCompletionSource();
        pages.Server.Requests.OnRenew = async (agent, request) =>
        {
            request.SessionId.ShouldBeNull();
            await agent.Send(new Progress(request.RequestId, 10, "Writing and proving the log-in certificate", 20));
            await goOn.Task;
            standing = CardStanding.Good;
            return new ActCompleted(request.RequestId, "act-1", DateTimeOffset.UnixEpoch, new DateTimeOffset(2029, 1, 29, 12, 0, 0, TimeSpan.Zero), [], 6, 100, 200);
        };
        var window = await pages.NextWindow();
        var page = await pages.Get(window);
        page.Text.ShouldContain("Your renewal on WARD4-PC2 stopped at 7:58am. Finish it now (about 20 seconds).");
        (await pages.Post(window, page, "finish", $"passcode={AgentUnderTest.Passcode}")).Location.ShouldBe(window);
        (await pages.Get(window)).Text.ShouldContain("Log-in certificate");
        var greeted = new TaskCompletionSource();
        pages.Computer.Agent.Changed += (_, _) =>
        {
            if (pages.Computer.Agent.CardsIn is [{ Greeting.State: CardStanding.Good }])
            {
                greeted.TrySetResult();
            }
        };
        goOn.SetResult();
        await greeted.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await Until(async () => (await pages.Get(window)).Text.Contains("Success: certificate renewed for smartcard"));
        var success = await pages.Get(window);
        success.Text.ShouldContain("29 January 2029");
        await pages.Post(window, success, "again");
        (await pages.Get(window)).Title.ShouldBe("Log in – Identity Agent");
    }

    [Fact]
    public async Task A_log_out_in_the_browser_ends_the_session_here()
    {
        await using var pages = await PagesUnderTest.Start();
        pages.Server.Requests.OnLogIn = (_, request) => Task.FromResult<Message>(PagesUnderTest.Wren(request, renewalOffered: false));
        await pages.LoggedIn();
        var ended = new TaskCompletionSource();
        pages.Computer.Agent.Changed += (_, _) => ended.TrySetResult();
        await pages.Connection.Send(new SessionEnded(
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("s-1"u8)), "logged out in the browser"));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
        pages.Computer.Agent.Sessions.ShouldBeEmpty();
    }

    private static async Task Until(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
