using Evercard.Agent;
using Evercard.Tests.Server;
using Evercard.Tests.Support;

namespace Evercard.Tests.Agent;

public class ServerLinkTests
{
    /// <summary>The agent hung silently: its link had ended, and nothing dialled again.</summary>
    [Fact]
    public async Task A_link_that_fails_for_any_reason_is_dialled_again_and_the_reason_is_logged()
    {
        using var logs = new CollectingLogs();
        await using var server = await AgentLinkServer.Start();
        await using var computer = await new AgentUnderTest(server.Address, logs, time: new StartlingClock()).Connected();
        logs.Lines.ShouldContain(line => line.Contains("failed") && line.Contains(nameof(DivideByZeroException)));
    }

    [Theory]
    [InlineData("http://care-identity.example", "WARD4-PC2")]
    [InlineData("https://care-identity.example", "")]
    [InlineData("https://care-identity.example", "WARD4\nPC2")]
    public void An_agent_that_is_set_up_wrongly_does_not_start(string server, string name)
    {
        var options = new AgentOptions { ServerAddress = new Uri(server), DataFolder = "nowhere", ComputerName = name };
        options.FindFault().ShouldNotBeNull();
        (options with { ServerAddress = new Uri("https://care-identity.example"), ComputerName = "WARD4-PC2" }).FindFault().ShouldBeNull();
    }

    [Fact]
    public void A_name_over_200_characters_is_none() => Evercard.Protocol.Hello.IsComputerName(new string('x', 201)).ShouldBeFalse();

    /// <summary>Fails when it is first asked, which is in the hello.</summary>
    private sealed class StartlingClock : TimeProvider
    {
        private int asked;

        public override DateTimeOffset GetUtcNow() => asked++ == 0 ? throw new DivideByZeroException() : System.GetUtcNow();
    }
}
