using System.Net;
using Evercard.Server.AgentLink;
using Evercard.Tests.Journey;
using Evercard.Tests.Server.Help;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Server.CheckComputer;

public sealed class CheckPageTests(HelpNode node) : IClassFixture<HelpNode>
{
    [Fact]
    public async Task Without_a_cookie_the_page_says_that_it_knows_no_agent() =>
        HelpNode.Content((await node.Get("/check")).Body).ShouldContain("Unknown: this browser knows no Identity Agent.");

    [Fact]
    public async Task A_cookie_that_is_nonsense_is_an_agent_that_is_not_running() =>
        HelpNode.Content((await node.Get("/check", "ev-agent=..%2f<x>")).Body).ShouldContain("Unknown: Identity Agent is not running.");

    [Fact]
    public async Task The_agent_of_this_browser_is_shown_and_no_other()
    {
        await using var computer = await Computer.Start(node.Address, "WARD4-PC1", node.Time, node.Logs);
        var agent = node.Services.GetRequiredService<ConnectedAgents>().All.Single();
        var main = WebUtility.HtmlDecode(HelpNode.Content((await node.Get("/check", $"ev-agent={agent.AgentId}")).Body));
        main.ShouldContain($"Running on {computer.Name}.");
        main.ShouldContain($"Identity Agent {agent.Version}.");
        main.ShouldNotContain(agent.AgentId);
        (await node.Get("/check", $"ev-agent={new string('0', 64)}")).Body.ShouldNotContain(computer.Name);
    }
}
