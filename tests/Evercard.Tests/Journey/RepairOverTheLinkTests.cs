using Evercard.Agent;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Computers;
using Evercard.Protocol;
using Evercard.Registry.Journal;
using Evercard.Tests.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using LogIn = Evercard.Lifecycle.LogIn.LogIn;

namespace Evercard.Tests.Journey;

/// <summary>A repair with a real agent between the server and both cards.</summary>
public sealed class RepairOverTheLinkTests(JourneyNode service) : IClassFixture<JourneyNode>
{
    private Computer Pc => service.Ward4Pc1;

    /// <summary>The agent took the second confirmation for a stale script of the repair that had been cut: at the same computer nobody could go on.</summary>
    [Fact]
    public async Task A_repair_that_was_cut_is_asked_for_confirmed_and_finished_once_more_at_the_same_computer()
    {
        (await new ComputerApproval(service.Database).Approve(Pc.Agent.AgentId, null, default)).ShouldBeTrue();
        var (own, _) = await service.Issue(600, SamplePeople.Priya);
        var (card, id) = await service.Issue(300, SamplePeople.Rosa);
        using var inOwn = Pc.With(own);
        var loggedIn = (await Pc.LogIn()).ShouldBeDone();
        (await Pc.Agent.ChooseRole(loggedIn.SessionId, loggedIn.Roles.Single(role => role.RoleName == "ID Checker").Id, default)).ShouldBeDone();

        using (Pc.With(card, Computer.SecondReader))
        {
            var operation = await AskAndConfirm(loggedIn.SessionId, id);
            card.CutAt(card.ApdusSeen + 20, CutPoint.AfterEffect);
            (await Repair(loggedIn.SessionId, operation)).ShouldBeOfType<AgentOutcome<ActCompleted>.Refused>().Message.Code.ShouldBe("CARD-REMOVED");
        }

        using (Pc.With(card, Computer.SecondReader))
        {
            var operation = await AskAndConfirm(loggedIn.SessionId, id);
            (await Repair(loggedIn.SessionId, operation)).ShouldBeDone();
            var tested = (await Pc.Agent.Test(loggedIn.SessionId, Computer.SecondReader, SampleWard.Hold(Desk.NewPasscode, TimeProvider.System), default)).ShouldBeDone();
            (tested.LogIn, tested.Signature, tested.Accepted).ShouldBe((true, true, true));
        }
    }

    private async Task<string> AskAndConfirm(string session, Guid id)
    {
        (await Pc.Greet(Computer.SecondReader)).ShouldNotBeNull();
        var opened = await service.Services.GetRequiredService<DeskOpening>().Open(
            new DeskRequest(Act.Repair, id, LogIn.SessionId(session), Pc.Agent.AgentId, IsHere: true, IdentityEvidence.Photograph, "The certificates are damaged."), default);
        var operation = opened.ShouldBeOfType<DeskOpened.At>().OperationId.ToString("N");
        (await Pc.Agent.Confirm(session, operation, SampleWard.Hold(SampleWard.Passcode, TimeProvider.System), default)).ShouldBeDone();
        return operation;
    }

    private Task<AgentOutcome<ActCompleted>> Repair(string session, string operation) =>
        Pc.Agent.Repair(session, operation, Computer.SecondReader, SampleWard.Hold(Desk.NewPasscode, TimeProvider.System), null, default);
}
