using Evercard.Protocol;

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
}
