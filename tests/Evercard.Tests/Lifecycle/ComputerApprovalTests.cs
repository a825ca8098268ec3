using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Computers;
using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>Who approves a computer is on record, and so is who takes that back.</summary>
public sealed class ComputerApprovalTests
{
    private const string Pc1 = "ward4-pc1";

    [Fact]
    public async Task An_approval_can_be_withdrawn_and_both_name_who_did_it()
    {
        using var ward = await Ward.Open();
        var approval = new ComputerApproval(ward.Database);
        (await approval.Withdraw(Pc1, SamplePeople.Tom.Uuid, default)).ShouldBeFalse("it was never approved");
        (await approval.Approve(Pc1, SamplePeople.Tom.Uuid, default)).ShouldBeTrue();
        (await Status(ward)).ShouldBe(AgentStatus.Approved);
        (await approval.Withdraw(Pc1, SamplePeople.Tom.Uuid, default)).ShouldBeTrue();
        (await Status(ward)).ShouldBe(AgentStatus.Known);
        (await approval.Approve("no such agent", null, default)).ShouldBeFalse();

        var events = await ward.Read(r => r.Registry.AuditEvents.Where(e => e.Kind.StartsWith("ComputerApp")).OrderBy(e => e.Sequence).ToListAsync());
        events.Select(e => (e.Kind, e.AgentId, e.Facts["operator"])).ShouldBe(
        [
            ("ComputerApprovalKept", Pc1, SamplePeople.Tom.Uuid),
            ("ComputerApproved", Pc1, SamplePeople.Tom.Uuid),
            ("ComputerApprovalWithdrawn", Pc1, SamplePeople.Tom.Uuid),
            ("ComputerApprovalRefused", null, "outside the service"),
        ]);
    }

    [Fact]
    public async Task A_quarantined_computer_is_neither_approved_nor_let_out_by_a_withdrawal()
    {
        using var ward = await Ward.Open();
        await ward.Database.Write(
            async r =>
            {
                (await r.Registry.Agents.SingleAsync(a => a.Id == Pc1)).Status = AgentStatus.Quarantined;
                await r.Registry.Save(new AuditEvent { Kind = "Quarantined" }, default);
            },
            default);
        var approval = new ComputerApproval(ward.Database);
        (await approval.Approve(Pc1, SamplePeople.Tom.Uuid, default)).ShouldBeFalse();
        (await approval.Withdraw(Pc1, SamplePeople.Tom.Uuid, default)).ShouldBeFalse();
        (await Status(ward)).ShouldBe(AgentStatus.Quarantined);
    }

    [Fact]
    public async Task A_repair_that_was_opened_does_not_go_on_once_the_approval_is_withdrawn()
    {
        using var desk = await Desk.Open();
        var (_, id) = await desk.Expired();
        var opened = (await desk.Ask(id)).ShouldBeOfType<DeskOpened.At>();
        (await desk.Confirm(opened.OperationId)).ShouldBeNull();
        (await new ComputerApproval(desk.Ward.Database).Withdraw(Pc1, SamplePeople.Tom.Uuid, default)).ShouldBeTrue();
        (await desk.Opening.Begin(Evercard.Registry.Journal.Act.Repair, opened.OperationId, id, desk.Session, Pc1, default)).ShouldBeOfType<DeskOpened.Refused>().Refusal.Code.ShouldBe("AGENT-NOT-APPROVED");
    }

    private static Task<AgentStatus> Status(Ward ward) => ward.Read(r => r.Registry.Agents.Where(a => a.Id == Pc1).Select(a => a.Status).SingleAsync());
}
