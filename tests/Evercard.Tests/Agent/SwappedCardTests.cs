using Evercard.Agent;
using Evercard.Protocol;
using Evercard.Tests.Server;

namespace Evercard.Tests.Agent;

/// <summary>An act happens to the card that the person saw, or to none.</summary>
public class SwappedCardTests
{
    private const string Reader = AgentUnderTest.Reader;

    /// <summary>The passcode of one card was tried on the next, and burnt one of its tries.</summary>
    [Fact]
    public async Task A_passcode_that_was_typed_for_one_card_is_not_tried_on_another()
    {
        await using var server = await AgentLinkServer.Start();
        await using var computer = await new AgentUnderTest(server.Address).Connected();
        var greeted = (await computer.Agent.Greet(Reader, CancellationToken.None)).ShouldBeOfType<AgentOutcome<CardGreeting>.Done>();
        computer.Readers.Remove(Reader);
        computer.Readers.Insert(Reader, AgentUnderTest.SomeCard());
        using var passcode = AgentUnderTest.Held();
        var refused = (await computer.Agent.LogIn(Reader, passcode, CancellationToken.None, greeted.Insertion)).ShouldBeOfType<AgentOutcome<LoggedIn>.Refused>();
        refused.Message.Code.ShouldBe("CARD-REMOVED");
        passcode.IsHeld.ShouldBeFalse();
        server.Requests.OnLogIn = (_, request) => RecordingRequests.Refusing(request.RequestId, "CARD-EXPIRED");
        var now = (await computer.Agent.Greet(Reader, CancellationToken.None)).ShouldBeOfType<AgentOutcome<CardGreeting>.Done>();
        (await computer.Agent.LogIn(Reader, AgentUnderTest.Held(), CancellationToken.None, now.Insertion))
            .ShouldBeOfType<AgentOutcome<LoggedIn>.Refused>().Message.Code.ShouldBe("CARD-EXPIRED");
    }

    /// <summary>Nobody greeted it until it was taken out and put in again.</summary>
    [Fact]
    public async Task A_card_that_came_during_an_act_is_greeted_when_the_act_ends()
    {
        await using var server = await AgentLinkServer.Start();
        await using var computer = await new AgentUnderTest(server.Address).Connected();
        await computer.Agent.Greet(Reader, CancellationToken.None);
        var greeted = new TaskCompletionSource<int?>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Requests.OnLogIn = (_, request) =>
        {
            computer.Readers.Remove(Reader);
            computer.Readers.Insert(Reader, AgentUnderTest.SomeCard());
            var now = computer.Readers.List().Single().EventCount;
            computer.Agent.Greeted = (_, outcome) =>
            {
                if (outcome is AgentOutcome<CardGreeting>.Done done && done.Insertion == now)
                {
                    greeted.TrySetResult(done.Insertion);
                }
            };
            return RecordingRequests.Refusing(request.RequestId, "CARD-REMOVED");
        };
        await computer.Agent.LogIn(Reader, AgentUnderTest.Held(), CancellationToken.None);
        await greeted.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <summary>The act went on with a card that the server had not taken in.</summary>
    [Fact]
    public async Task No_act_goes_on_where_the_card_could_not_be_shown()
    {
        await using var server = await AgentLinkServer.Start();
        server.Requests.Greet = request => new LoggedIn(request.RequestId, "s-1", "Wren Holloway", "999000000001", DateTimeOffset.UnixEpoch, 68, RenewalOffered: true, [], "0412 7731");
        await using var computer = await new AgentUnderTest(server.Address).Connected();
        var asked = false;
        server.Requests.OnLogIn = (_, request) =>
        {
            asked = true;
            return RecordingRequests.Refusing(request.RequestId, "CARD-EXPIRED");
        };
        (await computer.Agent.LogIn(Reader, AgentUnderTest.Held(), CancellationToken.None))
            .ShouldBeOfType<AgentOutcome<LoggedIn>.Refused>().Message.Code.ShouldBe("SERVICE-FAILED");
        asked.ShouldBeFalse();
    }
}
