using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Evercard.Protocol;
using Evercard.Tests.Support;

namespace Evercard.Tests.Server;

public class ConversationTests
{
    [Theory]
    [InlineData("")]
    [InlineData("739154")]
    [InlineData("""{"type":"format-disk"}""")]
    [InlineData("""{"type":"log-in","requestId":"1"}""")]
    [InlineData("""{"type":"act-ended","actId":"1"}""")]
    public async Task Rubbish_ends_the_link_and_is_not_logged(string frame)
    {
        using var logs = new CollectingLogs();
        await using var server = await AgentLinkServer.Start(logs: logs);
        using var agent = await BareAgent.Join(server.Address);
        await agent.SendBytes(Encoding.UTF8.GetBytes(frame));
        (await agent.Closed()).ShouldBe(WebSocketCloseStatus.PolicyViolation);
        await server.Requests.NextDisconnected();
        logs.Lines.ShouldContain(line => line.Contains("is cut off"));
        logs.Lines.ShouldAllBe(line => !line.Contains("739154") && !line.Contains("format-disk"));
        using var next = await BareAgent.Join(server.Address);
    }

    [Fact]
    public async Task Random_frames_end_their_own_link_only()
    {
        await using var server = await AgentLinkServer.Start();
        using var good = await BareAgent.Join(server.Address);
        for (var i = 0; i < 20; i++)
        {
            using var bad = await BareAgent.Join(server.Address);
            await bad.SendBytes(RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(500)), WebSocketMessageType.Binary);
            (await bad.Closed()).ShouldBe(WebSocketCloseStatus.InvalidMessageType);
        }

        await good.Send(new LogOut("s-1"));
        (await server.Requests.Next<LogOut>()).SessionId.ShouldBe("s-1");
    }

    [Fact]
    public async Task A_frame_over_64_KiB_ends_the_link()
    {
        await using var server = await AgentLinkServer.Start();
        using var agent = await BareAgent.Join(server.Address);
        await agent.SendBytes(new byte[MessageCodec.MaxBytes + 1]);
        (await agent.Closed()).ShouldBe(WebSocketCloseStatus.MessageTooBig);
    }

    [Fact]
    public async Task A_request_that_fails_is_refused_without_details()
    {
        await using var server = await AgentLinkServer.Start();
        server.Requests.OnLogIn = (_, _) => throw new InvalidOperationException("the secret inside");
        using var agent = await BareAgent.Join(server.Address);
        await agent.Send(new LogIn("r-1", "Reader 0"));
        var refused = await agent.Receive<Refused>();
        (refused.RequestId, refused.Code).ShouldBe(("r-1", "SERVICE-FAILED"));
        Encoding.UTF8.GetString(MessageCodec.Encode(refused)).ShouldNotContain("secret");
    }

    [Fact]
    public async Task An_agent_has_one_act_at_a_time()
    {
        await using var server = await AgentLinkServer.Start();
        var begun = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        server.Requests.OnRenew = async (_, request) =>
        {
            begun.SetResult();
            await finish.Task;
            return await RecordingRequests.Refusing(request.RequestId, "RENEW-EARLY");
        };
        using var agent = await BareAgent.Join(server.Address);
        await agent.Send(new Renew("r-1", "s-1", "Reader 0", TakeOver: false));
        await begun.Task;
        await agent.Send(new Renew("r-2", "s-1", "Reader 0", TakeOver: false));
        var busy = await agent.Receive<Refused>();
        (busy.RequestId, busy.Code).ShouldBe(("r-2", "CARD-BUSY"));
        finish.SetResult();
        (await agent.Receive<Refused>()).RequestId.ShouldBe("r-1");
    }

    [Fact]
    public async Task The_next_act_may_be_asked_for_as_soon_as_the_one_before_is_answered()
    {
        await using var server = await AgentLinkServer.Start();
        using var agent = await BareAgent.Join(server.Address);
        for (var i = 0; i < 50; i++)
        {
            await agent.Send(new LogIn($"r-{i}", "Reader 0"));
            var answer = await agent.Receive<Refused>();
            (answer.RequestId, answer.Code).ShouldBe(($"r-{i}", "CARD-UNKNOWN"));
        }
    }

    /// <summary>Each was kept as a task that waited for the one before it.</summary>
    [Fact]
    public async Task Acts_that_come_while_one_runs_wait_for_nothing_and_never_begin()
    {
        await using var server = await AgentLinkServer.Start();
        var finish = new TaskCompletionSource();
        var begun = 0;
        server.Requests.OnRenew = async (_, request) =>
        {
            Interlocked.Increment(ref begun);
            await finish.Task;
            return await RecordingRequests.Refusing(request.RequestId, "RENEW-EARLY");
        };
        using var agent = await BareAgent.Join(server.Address);
        for (var i = 0; i < 30; i++)
        {
            await agent.Send(new Renew($"r-{i}", "s-1", "Reader 0", TakeOver: false));
        }

        for (var i = 1; i < 30; i++)
        {
            (await agent.Receive<Refused>()).Code.ShouldBe("CARD-BUSY");
        }

        finish.SetResult();
        (await agent.Receive<Refused>()).RequestId.ShouldBe("r-0");
        begun.ShouldBe(1);
    }

    [Fact]
    public async Task An_agent_that_is_turned_away_is_closed_and_forgotten()
    {
        await using var server = await AgentLinkServer.Start();
        server.Requests.Turned = true;
        using var agent = await BareAgent.Dial(server.Address);
        await agent.Send(agent.HelloTo(await agent.Receive<Challenge>()));
        (await agent.Closed()).ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
        while (server.Agents.All.Count > 0)
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task What_happens_to_cards_is_told_in_order()
    {
        await using var server = await AgentLinkServer.Start();
        using var agent = await BareAgent.Join(server.Address);
        for (var i = 0; i < 20; i++)
        {
            await agent.Send(new CardGone($"Reader {i}", 1));
        }

        for (var i = 0; i < 20; i++)
        {
            (await server.Requests.Next<CardGone>()).Reader.ShouldBe($"Reader {i}");
        }
    }
}
