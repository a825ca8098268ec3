using Evercard.Agent.CardScripts;
using Evercard.Cards.Readers;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;
using Evercard.DevHost.SampleCards;
using Evercard.Protocol;
using Evercard.Server.Browsers;
using Evercard.Tests.Journey;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Evercard.Tests.Server;

/// <summary>What an agent asks for in a session: a role, another passcode.</summary>
public sealed class SessionRequestTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    private const string Reader = "Reader 0";
    private const string NewPasscode = "582064";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_role_is_chosen_and_whoever_waits_for_the_session_is_woken()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        var session = await agent.LogIn(service.Address, card, Reader);
        session.Roles.Count.ShouldBeGreaterThan(1);
        var woken = service.Services.GetRequiredService<Wakeups>().Next(Evercard.Lifecycle.LogIn.LogIn.SessionId(session.SessionId), default);

        await agent.Send(new ChooseRole("c-1", session.SessionId, session.Roles[1].Id));
        (await agent.Receive<RoleChosen>()).ShouldBe(new RoleChosen("c-1", session.Roles[1].Id));
        await woken.WaitAsync(Patience);

        await agent.Send(new ChooseRole("c-2", session.SessionId, "999000009999"));
        var refused = await agent.Receive<Refused>();
        (refused.RequestId, refused.Code).ShouldBe(("c-2", "ROLE-NOT-YOURS"));
    }

    [Fact]
    public async Task A_passcode_is_changed_and_the_old_one_is_wrong_from_then_on()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        var session = await agent.LogIn(service.Address, card, Reader);

        await agent.Send(new SetNewPasscode("p-1", session.SessionId, Reader));
        await ChangePasscode(agent, card);
        (await agent.Receive<PasscodeChanged>()).RequestId.ShouldBe("p-1");

        await agent.Send(new SetNewPasscode("p-2", session.SessionId, Reader));
        await ChangePasscode(agent, card);
        var refused = await agent.Receive<Refused>();
        (refused.RequestId, refused.Code, refused.TriesLeft).ShouldBe(("p-2", "PASSCODE-WRONG", 2));
    }

    [Fact]
    public async Task A_new_passcode_that_is_held_no_more_is_asked_for_again_and_nothing_changes()
    {
        var (card, _) = await service.Issue();
        using var agent = await BareAgent.Join(service.Address);
        var session = await agent.LogIn(service.Address, card, Reader);
        var before = CardState.Of(card);

        await agent.Send(new SetNewPasscode("p-1", session.SessionId, Reader));
        await agent.Send(new ScriptRefused((await agent.Receive<RunScript>()).ScriptId, ScriptRefusal.NoPasscode));
        await agent.Receive<ActEnded>();
        (await agent.Receive<Refused>()).Code.ShouldBe("PASSCODE-NEEDED");

        CardState.Of(card).ShouldBe(before);
    }

    [Fact]
    public async Task Waiting_for_a_session_ends_when_nobody_waits_any_longer()
    {
        using var enough = new CancellationTokenSource();
        var waiting = service.Services.GetRequiredService<Wakeups>().Next("any", enough.Token);
        await enough.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
    }

    /// <summary>Runs the scripts of the act as an honest agent does, to its end.</summary>
    private async Task ChangePasscode(BareAgent agent, SimulatedCard card)
    {
        using var readers = new SimulatedReaders(Reader);
        readers.Insert(Reader, card);
        using var held = SampleWard.Hold(SampleWard.Passcode, TimeProvider.System);
        using var chosen = SampleWard.Hold(NewPasscode, TimeProvider.System);
        ReaderStatus? Look(string name) => readers.List().Single();
        var act = new RunningAct(
            CardAct.PasscodeChange, readers.Connect(Reader), readers.List().Single(), Look, held, chosen, HelloStatement.OriginOf(service.Address), agent.Id,
            new Epochs(), TimeProvider.System);
        while (await agent.ReceiveAny() is RunScript script)
        {
            await agent.Send(act.Run(script));
        }
    }
}
