using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Evercard.Protocol;

namespace Evercard.Tests.Server;

public class HelloTests
{
    [Fact]
    public async Task An_agent_that_proves_its_key_is_welcomed_and_found_by_its_id()
    {
        await using var server = await AgentLinkServer.Start();
        using var agent = await BareAgent.Join(server.Address);
        var connection = await server.Requests.NextConnected();
        connection.AgentId.ShouldBe(HelloStatement.AgentIdOf(agent.Key.ExportSubjectPublicKeyInfo()));
        connection.ComputerName.ShouldBe("WARD4-PC2");
        connection.IsTooOld.ShouldBeFalse();
        connection.ClockError.ShouldBeNull();
        server.Agents.TryFind(connection.AgentId, out var found).ShouldBeTrue();
        found.ShouldBeSameAs(connection);
    }

    [Fact]
    public async Task A_signature_by_another_key_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Refuses((_, hello) => hello with { AgentPublicKey = other.ExportSubjectPublicKeyInfo() });
    }

    [Fact]
    public async Task A_device_key_that_is_no_key_is_refused() => await Refuses((_, hello) => hello with { AgentPublicKey = new byte[91] });

    [Fact]
    public async Task A_hello_for_another_server_is_refused() => await Refuses((agent, hello) =>
    {
        var statement = new HelloStatement(new byte[32], "https://other.example", HelloStatement.AgentIdOf(hello.AgentPublicKey.Span));
        return hello with { Signature = agent.Key.SignData(statement.Encode(), HashAlgorithmName.SHA256) };
    });

    [Fact]
    public async Task A_replayed_hello_is_refused()
    {
        await using var server = await AgentLinkServer.Start();
        using var first = await BareAgent.Dial(server.Address);
        var hello = first.HelloTo(await first.Receive<Challenge>());
        await first.Send(hello);
        await first.Receive<Welcome>();
        using var second = await BareAgent.Dial(server.Address);
        await second.Receive<Challenge>();
        await second.Send(hello);
        (await second.Closed()).ShouldBe(WebSocketCloseStatus.PolicyViolation);
        server.Agents.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_version_of_the_protocol_is_told_so_and_cut_off()
    {
        await using var server = await AgentLinkServer.Start();
        using var agent = await BareAgent.Dial(server.Address);
        await agent.Send(agent.HelloTo(await agent.Receive<Challenge>()) with { Protocol = 2 });
        (await agent.Receive<Refused>()).Code.ShouldBe("AGENT-OLD");
        (await agent.Closed()).ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task An_agent_that_is_too_old_is_told_so_and_stays_linked()
    {
        await using var server = await AgentLinkServer.Start();
        server.Options.MinimumAgentVersion = new Version(1, 2);
        using var agent = await BareAgent.Dial(server.Address);
        await agent.Send(agent.HelloTo(await agent.Receive<Challenge>()));
        await agent.Receive<Welcome>();
        (await agent.Receive<Refused>()).Code.ShouldBe("AGENT-OLD");
        var connection = await server.Requests.NextConnected();
        connection.IsTooOld.ShouldBeTrue();
        await agent.Send(new LogOut("s-1"));
        (await server.Requests.Next<LogOut>()).SessionId.ShouldBe("s-1");
    }

    [Fact]
    public async Task A_clock_that_is_off_is_told_to_the_features()
    {
        await using var server = await AgentLinkServer.Start();
        using var agent = await BareAgent.Dial(server.Address);
        var hello = agent.HelloTo(await agent.Receive<Challenge>());
        await agent.Send(hello with { AgentTime = hello.AgentTime.AddDays(-3) });
        var error = (await server.Requests.NextConnected()).ClockError.ShouldNotBeNull();
        error.TotalDays.ShouldBe(-3, 0.1);
    }

    [Fact]
    public async Task Silence_instead_of_a_hello_ends_the_link()
    {
        await using var server = await AgentLinkServer.Start();
        server.Options.HelloWithin = TimeSpan.FromMilliseconds(50);
        using var agent = await BareAgent.Dial(server.Address);
        (await agent.Closed()).ShouldBeNull();
    }

    [Fact]
    public async Task Anything_else_instead_of_a_hello_ends_the_link()
    {
        await using var server = await AgentLinkServer.Start();
        using var agent = await BareAgent.Dial(server.Address);
        await agent.Send(new CardGone("Reader 0", 1));
        (await agent.Closed()).ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }

    [Fact]
    public async Task The_newer_of_two_links_of_one_agent_replaces_the_older()
    {
        await using var server = await AgentLinkServer.Start();
        using var older = await BareAgent.Join(server.Address);
        var first = await server.Requests.NextConnected();
        using var key = ECDsa.Create(older.Key.ExportParameters(includePrivateParameters: true));
        using var newer = await BareAgent.Join(server.Address, key);
        var second = await server.Requests.NextConnected();
        (await older.Closed()).ShouldBe(WebSocketCloseStatus.PolicyViolation);
        (await server.Requests.NextDisconnected()).ShouldBeSameAs(first);
        first.LinkLost.IsCancellationRequested.ShouldBeTrue();
        server.Agents.All.Single().ShouldBeSameAs(second);
    }

    [Fact]
    public async Task A_web_page_cannot_play_the_agent()
    {
        await using var server = await AgentLinkServer.Start();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", "https://evil.example");
        socket.Options.CollectHttpResponseDetails = true;
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(
            new UriBuilder(new Uri(server.Address, "agent")) { Scheme = "ws" }.Uri, CancellationToken.None));
        socket.HttpStatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task Refuses(Func<BareAgent, Hello, Hello> spoil)
    {
        await using var server = await AgentLinkServer.Start();
        using var agent = await BareAgent.Dial(server.Address);
        await agent.Send(spoil(agent, agent.HelloTo(await agent.Receive<Challenge>())));
        (await agent.Closed()).ShouldBe(WebSocketCloseStatus.PolicyViolation);
        server.Agents.All.ShouldBeEmpty();
    }
}
