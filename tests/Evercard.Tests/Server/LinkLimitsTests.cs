using System.Net;
using System.Net.WebSockets;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Tests.Support;

namespace Evercard.Tests.Server;

public class LinkLimitsTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Other = IPAddress.Parse("192.0.2.2");

    [Fact]
    public void New_agents_of_one_address_are_limited_by_the_minute()
    {
        var time = new ManualTime();
        var limits = new LinkLimits(new AgentLinkOptions { MostNewAgentsPerMinute = 2 }, time);
        (limits.TryRegister(One), limits.TryRegister(One), limits.TryRegister(One)).ShouldBe((true, true, false));
        limits.TryRegister(Other).ShouldBeTrue();
        time.Advance(TimeSpan.FromMinutes(1));
        limits.TryRegister(One).ShouldBeTrue();
    }

    /// <summary>Any number of links could be held open without a hello.</summary>
    [Fact]
    public async Task Links_that_say_no_hello_are_few_for_one_address()
    {
        await using var server = await AgentLinkServer.Start();
        server.Options.MostUnprovenPerAddress = 1;
        using var silent = await BareAgent.Dial(server.Address);
        var challenge = await silent.Receive<Challenge>();
        (await Status(server)).ShouldBe(HttpStatusCode.TooManyRequests);
        await silent.Send(silent.HelloTo(challenge));
        await silent.Receive<Welcome>();
        using var next = await BareAgent.Join(server.Address);
    }

    [Fact]
    public async Task Links_are_limited_altogether_and_a_place_is_free_again_when_one_ends()
    {
        await using var server = await AgentLinkServer.Start();
        server.Options.MostLinks = 1;
        using (await BareAgent.Join(server.Address))
        {
            (await Status(server)).ShouldBe(HttpStatusCode.TooManyRequests);
        }

        while (await Status(server) != HttpStatusCode.SwitchingProtocols)
        {
            await Task.Yield();
        }
    }

    private static async Task<HttpStatusCode> Status(AgentLinkServer server)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(server.Address, "agent")) { Scheme = "ws" }.Uri, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status tells why.
        }

        return socket.HttpStatusCode;
    }
}
