using System.Text;
using System.Text.Json.Nodes;
using Evercard.Agent;
using Evercard.Agent.CardScripts;
using Evercard.Cards;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Tests.Server;
using Evercard.Tests.Support;

namespace Evercard.Tests.Agent;

public class IdentityAgentTests
{
    private const string Reader = AgentUnderTest.Reader;
    private static readonly byte[] Nonce = new byte[32];

    [Fact]
    public async Task A_card_that_is_put_in_is_shown_and_greeted()
    {
        await using var server = await AgentLinkServer.Start();
        await using var computer = await new AgentUnderTest(server.Address, withCard: false).Connected();
        var greeted = new TaskCompletionSource<AgentOutcome<CardGreeting>>();
        computer.Agent.Greeted = (_, outcome) => greeted.TrySetResult(outcome);
        computer.Readers.Insert(Reader, computer.Card);
        var seen = await server.Requests.Next<SeeCard>();
        (seen.Reader, seen.HasPivApplication, Convert.ToHexString(seen.Chuid.Span)).ShouldBe((Reader, true, "34020102"));
        (await greeted.Task).ShouldBeOfType<AgentOutcome<CardGreeting>.Done>().Message.HolderName.ShouldBe("Wren Holloway");
        computer.Readers.Remove(Reader);
        (await server.Requests.Next<CardGone>()).Reader.ShouldBe(Reader);
    }

    [Fact]
    public async Task A_log_in_proves_the_key_and_the_passcode_crosses_no_link_and_enters_no_log()
    {
        using var logs = new CollectingLogs();
        await using var server = await AgentLinkServer.Start(logs: logs);
        await using var tap = await TappedLink.Start(server.Address);
        server.Options.ServerOrigin = HelloStatement.OriginOf(tap.Address);
        await using var computer = await new AgentUnderTest(tap.Address, logs).Connected();
        var isProven = false;
        server.Requests.OnLogIn = async (agent, request) =>
        {
            using var card = Remote(agent, CardAct.LogIn);
            var reply = await card.Run(LogInScript, CancellationToken.None);
            var statement = new ProofStatement(card.Binding, ProofPurpose.LogIn, KeyReference.Authentication, ProofStatement.NoKeyHash, Nonce);
            isProven = statement.IsSignedBy(computer.Card.Image.Key(KeyReference.Authentication)!.SubjectPublicKeyInfo(), reply.Answers[1].Data);
            return new LoggedIn(request.RequestId, "s-1", "Wren Holloway", "999000000001", DateTimeOffset.UnixEpoch, 68, RenewalOffered: true, [], "0412 7731");
        };
        var passcode = AgentUnderTest.Held();
        var outcome = await computer.Agent.LogIn(Reader, passcode, CancellationToken.None);
        outcome.ShouldBeOfType<AgentOutcome<LoggedIn>.Done>().Message.SessionId.ShouldBe("s-1");
        isProven.ShouldBeTrue();
        passcode.IsHeld.ShouldBeFalse();
        computer.Card.Transmit(PivCommands.Select());
        computer.Card.Transmit(PivCommands.VerifyStatus()).Status.TriesLeft.ShouldBe(3, "the card was reset at the end of the act");
        tap.Frames.ShouldContain(frame => frame.Contains("logged-in"));
        tap.Frames.ShouldAllBe(frame => !HoldsPasscode(frame));
        logs.Lines.ShouldAllBe(line => !HoldsDigits(Encoding.UTF8.GetBytes(line)));
    }

    [Fact]
    public async Task A_card_taken_out_and_put_back_is_told_gone_and_shown_again_before_its_log_in()
    {
        await using var server = await AgentLinkServer.Start();
        await using var computer = await new AgentUnderTest(server.Address).Connected();
        server.Requests.OnLogIn = (_, request) => RecordingRequests.Refusing(request.RequestId, "CARD-EXPIRED");
        await computer.Agent.Greet(Reader, CancellationToken.None);
        await server.Requests.Next<SeeCard>();
        computer.Readers.Remove(Reader);
        computer.Readers.Insert(Reader, computer.Card);
        (await Code(computer, Reader)).ShouldBe("CARD-EXPIRED");
        await server.Requests.Next<CardGone>();
        await server.Requests.Next<SeeCard>();
        await server.Requests.Next<LogIn>();
    }

    [Fact]
    public async Task A_wrong_passcode_costs_one_try_and_is_not_used_again() => await DuringLogIn(
        async (computer, card) =>
        {
            var first = await card.Run(LogInScript, CancellationToken.None);
            first.Answers[^1].Status.TriesLeft.ShouldBe(2);
            await ShouldRefuse(card, LogInScript, ScriptRefusal.NoPasscode);
            computer.Card.Image.Passcode.TriesLeft.ShouldBe(2);
        },
        "111222");

    [Fact]
    public async Task A_script_with_a_command_of_another_act_runs_no_step() => await DuringLogIn(async (computer, card) =>
    {
        var before = computer.Card.ApdusSeen;
        await ShouldRefuse(
            card,
            new CardScript("x", [new CardStep.Raw(PivCommands.Select()), new CardStep.Raw(PivCommands.PutData(DataObject.Chuid, new byte[4]))]),
            ScriptRefusal.CommandNotAllowed);
        computer.Card.ApdusSeen.ShouldBe(before);
    });

    [Fact]
    public async Task A_lower_epoch_and_another_act_are_refused() => await DuringLogIn(async (_, agent) =>
    {
        using var taken = Remote(agent, CardAct.LogIn, epoch: 2);
        (await taken.Run(LogInScript, CancellationToken.None)).Answers.Count.ShouldBe(2);
        using var stale = Remote(agent, CardAct.LogIn, epoch: 1);
        await ShouldRefuse(stale, LogInScript, ScriptRefusal.Stale);
        using var other = Remote(agent, CardAct.LogIn, actId: "act-2");
        await ShouldRefuse(other, LogInScript, ScriptRefusal.NoSuchAct);
        using var renewal = Remote(agent, CardAct.Renewal);
        await ShouldRefuse(renewal, LogInScript, ScriptRefusal.NoSuchAct);
    });

    [Fact]
    public async Task A_script_without_an_act_of_the_user_runs_no_step()
    {
        await using var server = await AgentLinkServer.Start();
        await using var computer = await new AgentUnderTest(server.Address).Connected();
        using var card = Remote(await server.Requests.NextConnected(), CardAct.Renewal);
        await ShouldRefuse(card, LogInScript, ScriptRefusal.NoSuchAct);
    }

    [Fact]
    public async Task A_card_swapped_in_the_middle_of_an_act_gets_none_of_its_scripts() => await DuringLogIn(async (computer, card) =>
    {
        computer.Readers.Remove(Reader);
        var other = AgentUnderTest.SomeCard();
        computer.Readers.Insert(Reader, other);
        var reply = await card.Run(LogInScript, CancellationToken.None);
        reply.Failure.ShouldBe(CardConnectionFailure.Removed);
        reply.Answers.ShouldBeEmpty();
        other.Image.Passcode.TriesLeft.ShouldBe(3);
    });

    [Fact]
    public async Task Failures_on_this_computer_are_refused_in_the_agents_own_words()
    {
        await using var server = await AgentLinkServer.Start();
        await using (var computer = await new AgentUnderTest(server.Address).Connected())
        {
            (await Code(computer, "Reader 9")).ShouldBe("READER-NONE");
            using (computer.Readers.HoldExclusively(Reader))
            {
                (await Code(computer, Reader)).ShouldBe("CARD-BUSY");
            }

            computer.Readers.Remove(Reader);
            (await Code(computer, Reader)).ShouldBe("CARD-REMOVED");
            computer.Readers.StopService();
            (await Code(computer, Reader)).ShouldBe("READER-NONE");
        }

        await using var alone = new AgentUnderTest(new Uri("http://127.0.0.1:9"));
        (await Code(alone, Reader)).ShouldBe("SERVICE-UNREACHABLE");
    }

    [Fact]
    public async Task After_a_restart_of_the_server_the_agent_comes_back_and_shows_its_card_again()
    {
        Uri address;
        var requests = new RecordingRequests();
        var first = await AgentLinkServer.Start(requests: requests);
        address = first.Address;
        await using var computer = await new AgentUnderTest(address).Connected();
        await requests.Next<SeeCard>();
        var before = (await requests.NextConnected()).AgentId;
        await first.DisposeAsync();
        (await Code(computer, Reader)).ShouldBe("SERVICE-UNREACHABLE");
        var later = new RecordingRequests();
        await using var second = await AgentLinkServer.Start(address.Port, requests: later);
        (await later.NextConnected()).AgentId.ShouldBe(before);
        (await later.Next<SeeCard>()).Reader.ShouldBe(Reader);
    }

    [Fact]
    public async Task A_link_lost_in_the_middle_of_an_act_ends_it()
    {
        await using var server = await AgentLinkServer.Start();
        await using var computer = await new AgentUnderTest(server.Address).Connected();
        server.Requests.OnLogIn = async (agent, request) =>
        {
            await agent.Close(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, "test");
            return await RecordingRequests.Refusing(request.RequestId, "CARD-EXPIRED");
        };
        (await Code(computer, Reader)).ShouldBe("SERVICE-UNREACHABLE");
    }

    [Fact]
    public async Task An_agent_gives_no_hello_to_a_server_that_calls_itself_otherwise()
    {
        using var logs = new CollectingLogs();
        await using var server = await AgentLinkServer.Start();
        server.Options.ServerOrigin = "https://care-identity.example";
        await using var tap = await TappedLink.Start(server.Address);
        await using (new AgentUnderTest(tap.Address, logs))
        {
            await logs.Until("calls itself otherwise");
        }

        tap.Frames.ShouldNotContain(frame => frame.Contains("\"hello\""));
    }

    [Fact]
    public async Task An_ended_act_can_be_begun_again()
    {
        await using var server = await AgentLinkServer.Start();
        await using var computer = await new AgentUnderTest(server.Address).Connected();
        for (var i = 0; i < 2; i++)
        {
            server.Requests.OnLogIn = async (agent, request) =>
            {
                using var card = Remote(agent, CardAct.LogIn);
                (await card.Run(LogInScript, CancellationToken.None)).Answers.Count.ShouldBe(2);
                await agent.Send(new ActEnded("act-1"));
                await ShouldRefuse(card, LogInScript, ScriptRefusal.NoSuchAct);
                return await RecordingRequests.Refusing(request.RequestId, "CARD-EXPIRED");
            };
            (await Code(computer, Reader)).ShouldBe("CARD-EXPIRED");
        }
    }

    private static CardScript LogInScript { get; } = new("log in",
    [
        new CardStep.Raw(PivCommands.Select()),
        new CardStep.Prove(KeyReference.Authentication, PivAlgorithm.P256, Nonce, ProofPurpose.LogIn, Tolerant: true),
    ]);

    private static RemoteCard Remote(AgentConnection agent, CardAct act, int epoch = 0, string actId = "act-1") =>
        new(agent, Reader, act, new ActBinding(agent.ServerOrigin, agent.AgentId, actId, epoch));

    private static async Task ShouldRefuse(RemoteCard card, CardScript script, ScriptRefusal reason)
    {
        await Should.ThrowAsync<CardConnectionException>(() => card.Run(script, CancellationToken.None));
        card.LastRefusal.ShouldBe(reason);
    }

    private static async Task<string> Code(AgentUnderTest computer, string reader) =>
        (await computer.Agent.LogIn(reader, AgentUnderTest.Held(), CancellationToken.None))
            .ShouldBeOfType<AgentOutcome<LoggedIn>.Refused>().Message.Code;

    private static Task DuringLogIn(Func<AgentUnderTest, RemoteCard, Task> test, string passcode = AgentUnderTest.Passcode) => DuringLogIn(
        async (computer, agent) =>
        {
            using var card = Remote(agent, CardAct.LogIn);
            await test(computer, card);
        },
        passcode);

    /// <summary>Runs a test at the server while a log-in is under way at the agent.</summary>
    private static async Task DuringLogIn(Func<AgentUnderTest, AgentConnection, Task> test, string passcode = AgentUnderTest.Passcode)
    {
        await using var server = await AgentLinkServer.Start();
        await using var computer = await new AgentUnderTest(server.Address).Connected();
        Exception? failure = null;
        server.Requests.OnLogIn = async (agent, request) =>
        {
            failure = await Record.ExceptionAsync(() => test(computer, agent));
            return await RecordingRequests.Refusing(request.RequestId, "CARD-EXPIRED");
        };
        await computer.Agent.LogIn(Reader, AgentUnderTest.Held(passcode), CancellationToken.None);
        failure.ShouldBeNull(failure?.ToString());
    }

    /// <summary>Looks into the text, and into every value that reads as base64.</summary>
    private static bool HoldsPasscode(string frame) =>
        HoldsDigits(Encoding.UTF8.GetBytes(frame)) || Values(JsonNode.Parse(frame)).Any(value =>
        {
            var bytes = new byte[value.Length];
            return Convert.TryFromBase64String(value, bytes, out _) && HoldsDigits(bytes);
        });

    private static IEnumerable<string> Values(JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(member => Values(member.Value)),
        JsonArray items => items.SelectMany(Values),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static bool HoldsDigits(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf(Encoding.ASCII.GetBytes(AgentUnderTest.Passcode)) >= 0
        || bytes.IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexString(Encoding.ASCII.GetBytes(AgentUnderTest.Passcode)))) >= 0;
}
