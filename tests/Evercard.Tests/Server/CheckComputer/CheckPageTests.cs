using System.Net;
using Evercard.Server.AgentLink;
using Evercard.Server.Join;
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
    public async Task A_cookie_that_is_nonsense_knows_no_agent() =>
        HelpNode.Content((await node.Get("/check", "ev-agent=..%2f<x>")).Body).ShouldContain("Unknown: this browser knows no Identity Agent.");

    [Fact]
    public async Task An_agent_that_this_browser_was_joined_to_and_that_is_not_connected_is_not_running() =>
        HelpNode.Content((await node.Get("/check", Cookie(new string('0', 64)))).Body).ShouldContain("Unknown: Identity Agent is not running.");

    [Fact]
    public async Task The_agent_of_this_browser_is_shown_and_no_other()
    {
        await using var computer = await Computer.Start(node.Address, "WARD4-PC1", node.Time, node.Logs);
        var agent = node.Services.GetRequiredService<ConnectedAgents>().All.Single(one => one.ComputerName == computer.Name);
        var main = WebUtility.HtmlDecode(HelpNode.Content((await node.Get("/check", Cookie(agent.AgentId))).Body));
        main.ShouldContain($"Running on {computer.Name}.");
        main.ShouldContain($"Identity Agent {agent.Version}.");
        main.ShouldNotContain(agent.AgentId);
        (await node.Get("/check", Cookie(new string('0', 64)))).Body.ShouldNotContain(computer.Name);
    }

    /// <summary>Agents' ids stand in addresses and on command lines: whoever saw one could look at that computer.</summary>
    [Fact]
    public async Task Whoever_only_knows_an_agents_id_is_told_nothing_of_its_computer()
    {
        await using var computer = await Computer.Start(node.Address, "WARD4-PC7", node.Time, node.Logs);
        var agent = node.Services.GetRequiredService<ConnectedAgents>().All.Single(one => one.ComputerName == computer.Name);
        (await node.Get("/check", $"ev-agent={agent.AgentId}")).Body.ShouldNotContain(computer.Name);
    }

    private string Cookie(string agentId) => $"ev-agent={node.Services.GetRequiredService<AgentCookie>().Make(agentId)}";
}
