using Evercard.Protocol;
using Evercard.Tests.Server;

namespace Evercard.Tests.Agent.Pages;

public sealed class RenewalPageTests
{
    [Fact]
    public async Task A_confirmed_renewal_sends_the_browser_to_the_progress_page_as_soon_as_the_passcode_was_right()
    {
        await using var pages = await PagesUnderTest.Start();
        var finish = new TaskCompletionSource();
        pages.Server.Requests.OnRenew = async (agent, request) =>
        {
            await agent.Send(new Progress(request.RequestId, 6, "Looking at the smartcard", 10));
            await agent.Send(new Progress(request.RequestId, 7, "Checking before the signature key is made", 20));
            await finish.Task;
            return new ActCompleted(request.RequestId, "act-1", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, [], 6, 100, 200);
        };
        await pages.NextWindow();
        var path = await pages.Opened(AgentPage.Renewal);
        (await pages.Opened(AgentPage.Renewal)).ShouldBe(path, "asked twice, one page");
        var page = await pages.Get(path);
        page.Status.ShouldBe(200, page.Body);
        page.Text.ShouldContain("You are renewing smartcard 0412 7731 for 127.0.0.1. Asked by this browser at 8:04am.");
        var answer = await pages.Post(path, page, "confirm", $"passcode={AgentUnderTest.Passcode}");
        answer.Status.ShouldBe(303, answer.Body);
        answer.Location.ShouldBe($"{pages.Server.Address.GetLeftPart(UriPartial.Authority)}/renewing");
        finish.SetResult();
    }

    [Fact]
    public async Task A_double_click_and_a_second_tab_share_one_act()
    {
        await using var pages = await PagesUnderTest.Start();
        var began = 0;
        var goOn = new TaskCompletionSource();
        pages.Server.Requests.OnRenew = async (_, request) =>
        {
            Interlocked.Increment(ref began);
            await goOn.Task;
            return new ActCompleted(request.RequestId, "act-1", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, [], 6, 100, 200);
        };
        await pages.NextWindow();
        var path = await pages.Opened(AgentPage.Renewal);
        var page = await pages.Get(path);
        var clicks = Enumerable.Range(0, 3).Select(_ => pages.Post(path, page, "confirm", $"passcode={AgentUnderTest.Passcode}")).ToArray();
        await pages.Server.Requests.Next<Renew>();
        goOn.SetResult();
        (await Task.WhenAll(clicks)).Select(answer => answer.Location).Distinct().Single().ShouldNotBeNull().ShouldEndWith("/renewing");
        began.ShouldBe(1);
        (await pages.Get(path)).Title.ShouldBe("This is done – Identity Agent");
    }

    [Fact]
    public async Task An_agent_without_pages_says_so()
    {
        await using var server = await AgentLinkServer.Start();
        await using var computer = await new AgentUnderTest(server.Address).Connected();
        var connection = await server.Requests.NextConnected();
        connection.PagesPort.ShouldBe(0);
        (await connection.Ask(new OpenPage("p-1", AgentPage.Renewal, null, DateTimeOffset.UnixEpoch, "/renew"), CancellationToken.None))
            .ShouldBeOfType<Refused>().Code.ShouldBe("AGENT-NO-PAGES");
    }

    [Fact]
    public async Task A_wrong_passcode_stays_on_the_page_with_another_token_and_a_removed_card_is_told()
    {
        await using var pages = await PagesUnderTest.Start();
        pages.Server.Requests.OnRenew = (_, request) => Task.FromResult<Message>(
            new Refused(request.RequestId, "PASSCODE-WRONG", "That passcode is not right. You have 2 tries left.", "Try again.", null, 2));
        await pages.NextWindow();
        var path = await pages.Opened(AgentPage.Renewal);
        var page = await pages.Get(path);
        (await pages.Post(path, page, "confirm", "passcode=111222")).Location.ShouldBe(path);
        var again = await pages.Get(path);
        again.Title.ShouldBe("Error: Confirm your passcode – Identity Agent");
        again.Text.ShouldContain("That passcode is not right. You have 2 tries left.");
        again.Token.ShouldNotBe(page.Token);
        var gone = new TaskCompletionSource();
        pages.Computer.Agent.Changed += (_, _) => gone.TrySetResult();
        pages.Computer.Readers.Remove(AgentUnderTest.Reader);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));
        (await pages.Get(path)).Text.ShouldContain("CARD-REMOVED");
    }
}
