using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.Protocol;
using Evercard.Server.AgentLink;

namespace Evercard.Tests.Server;

public class RemoteCardTests
{
    private static readonly CardScript Observe = new("observe",
        [new CardStep.Raw(PivCommands.Select()), new CardStep.Raw(PivCommands.GetData(DataObject.Chuid), AnyStatus: true)]);

    private static readonly ScriptAnswer Fine = new(0x9000, new byte[] { 1 }, PasscodeVerified: false);

    [Fact]
    public async Task A_script_crosses_the_link_and_its_reply_comes_back() => await With(async (agent, _, card) =>
    {
        var run = card.Run(Observe, CancellationToken.None);
        var script = await agent.Receive<RunScript>();
        (script.ActId, script.Epoch, script.Act, script.Reader, script.Name).ShouldBe(("act-1", 2, CardAct.Renewal, "Reader 0", "observe"));
        script.Steps[0].ShouldBeOfType<ScriptStep.Raw>().Command.ToArray().ShouldBe(PivCommands.Select().ToBytes());
        await agent.Send(new ScriptDone(script.ScriptId, "act-1", 2, [Fine, Fine with { Status = 0x6A82 }], ScriptFailure.Removed, 1_500));
        var reply = await run;
        reply.Answers[1].Status.ShouldBe(StatusWord.FileNotFound);
        reply.Failure.ShouldBe(CardConnectionFailure.Removed);
        reply.CardTime.ShouldBe(TimeSpan.FromMilliseconds(1.5));
        card.RoundTrips.ShouldBe(1);
    });

    [Fact]
    public async Task Stale_replies_are_dropped_and_counted() => await With(async (agent, connection, card) =>
    {
        var run = card.Run(Observe, CancellationToken.None);
        var id = (await agent.Receive<RunScript>()).ScriptId;
        await agent.Send(new ScriptDone(id, "act-1", 1, [Fine, Fine], null, 0));
        await agent.Send(new ScriptDone(id, "act-2", 2, [Fine, Fine], null, 0));
        await agent.Send(new ScriptDone("other", "act-1", 2, [Fine, Fine], null, 0));
        await agent.Send(new ScriptDone(id, "act-1", 2, [Fine], null, 0));
        (await run).Answers.Count.ShouldBe(1);
        connection.Faults.ShouldBe(3);
    });

    [Fact]
    public async Task More_answers_than_steps_are_not_believed() => await With(async (agent, connection, card) =>
    {
        var run = card.Run(Observe, CancellationToken.None);
        await agent.Send(new ScriptDone((await agent.Receive<RunScript>()).ScriptId, "act-1", 2, [Fine, Fine, Fine], null, 0));
        (await Should.ThrowAsync<CardConnectionException>(() => run)).Failure.ShouldBe(CardConnectionFailure.LinkLost);
        connection.Faults.ShouldBe(1);
    });

    [Fact]
    public async Task A_script_that_the_agent_refused_ran_no_step() => await With(async (agent, _, card) =>
    {
        var run = card.Run(Observe, CancellationToken.None);
        await agent.Send(new ScriptRefused((await agent.Receive<RunScript>()).ScriptId, ScriptRefusal.Stale));
        (await Should.ThrowAsync<CardConnectionException>(() => run)).Failure.ShouldBe(CardConnectionFailure.LinkLost);
        card.LastRefusal.ShouldBe(ScriptRefusal.Stale);
    });

    [Fact]
    public async Task A_script_that_came_while_another_ran_is_told_as_a_busy_card() => await With(async (agent, _, card) =>
    {
        var run = card.Run(Observe, CancellationToken.None);
        await agent.Send(new ScriptRefused((await agent.Receive<RunScript>()).ScriptId, ScriptRefusal.Busy));
        (await Should.ThrowAsync<CardConnectionException>(() => run)).Failure.ShouldBe(CardConnectionFailure.Busy);
    });

    [Fact]
    public async Task A_lost_link_ends_the_wait() => await With(async (agent, connection, card) =>
    {
        var run = card.Run(Observe, CancellationToken.None);
        await agent.Receive<RunScript>();
        agent.Socket.Abort();
        (await Should.ThrowAsync<CardConnectionException>(() => run)).Failure.ShouldBe(CardConnectionFailure.LinkLost);
        connection.LinkLost.IsCancellationRequested.ShouldBeTrue();
        (await Should.ThrowAsync<CardConnectionException>(() => card.Run(Observe, CancellationToken.None))).Failure.ShouldBe(CardConnectionFailure.LinkLost);
    });

    [Fact]
    public async Task No_reply_in_time_is_a_lost_link() => await With(
        async (agent, _, card) =>
        {
            var run = card.Run(Observe, CancellationToken.None);
            await agent.Receive<RunScript>();
            (await Should.ThrowAsync<CardConnectionException>(() => run)).Failure.ShouldBe(CardConnectionFailure.LinkLost);
        },
        TimeSpan.FromMilliseconds(50));

    private static async Task With(Func<BareAgent, AgentConnection, RemoteCard, Task> test, TimeSpan? scriptWithin = null)
    {
        await using var server = await AgentLinkServer.Start();
        server.Options.ScriptWithin = scriptWithin ?? TimeSpan.FromMinutes(3);
        using var agent = await BareAgent.Join(server.Address);
        var connection = await server.Requests.NextConnected();
        using var card = new RemoteCard(connection, "Reader 0", CardAct.Renewal, new ActBinding(connection.ServerOrigin, connection.AgentId, "act-1", 2));
        await test(agent, connection, card);
    }
}
