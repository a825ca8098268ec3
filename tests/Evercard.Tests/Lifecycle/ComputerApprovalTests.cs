using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Computers;
using Evercard.Lifecycle.Renewal;
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

    /// <summary>Once it is over, nothing on the list of cards that need attention would tell of such a key any more.</summary>
    [Fact]
    public async Task A_quarantine_does_not_end_while_a_key_counts_that_was_made_there()
    {
        using var desk = await Desk.Open();
        var ward = desk.Ward;
        var (card, id) = await desk.Working(30);
        (await ward.Visit(card, id, await ward.Session(card, id, "ward4-pc2"), "ward4-pc2")).ShouldBeOfType<RenewalOutcome.Completed>();
        await ward.Database.Write(
            async r =>
            {
                (await r.Registry.Agents.SingleAsync(a => a.Id == "ward4-pc2")).Status = AgentStatus.Quarantined;
                await r.Registry.Save(new AuditEvent { Kind = "Quarantined" }, default);
            },
            default);
        var approval = new ComputerApproval(ward.Database);
        (await ward.Read(r => ComputerApproval.SmartcardsWithKeysFrom(r.Registry, "ward4-pc2").ToListAsync())).ShouldBe([id]);
        (await approval.EndQuarantine("ward4-pc2", "A virus.", SamplePeople.Tom.Uuid, default)).ShouldBeFalse();
        (await approval.EndQuarantine(Pc1, "Nothing.", SamplePeople.Tom.Uuid, default)).ShouldBeFalse("it is not quarantined");
        (await ward.Attention.Liars(default)).ShouldBe(["WARD4-PC2"]);

        var asked = (await desk.Ask(id, reason: "It is on the list of cards that need attention.")).ShouldBeOfType<DeskOpened.At>();
        (await desk.Confirm(asked.OperationId)).ShouldBeNull();
        (await desk.Run(card, id, asked.OperationId)).ShouldBeOfType<RenewalOutcome.Completed>();
        (await approval.EndQuarantine("ward4-pc2", "A virus. It was set up anew.", SamplePeople.Tom.Uuid, default)).ShouldBeTrue();
        (await ward.Read(r => r.Registry.Agents.Where(a => a.Id == "ward4-pc2").Select(a => a.Status).SingleAsync())).ShouldBe(AgentStatus.Known);
        (await ward.Attention.Liars(default)).ShouldBeEmpty();
        var events = await ward.Read(r => r.Registry.AuditEvents.Where(e => e.Kind.StartsWith("Quarantine") && e.Kind != "Quarantined").OrderBy(e => e.Sequence).ToListAsync());
        events.Select(e => (e.Kind, e.AgentId, e.Facts["found"], e.Facts["cards"])).ShouldBe(
        [
            ("QuarantineKept", "ward4-pc2", "A virus.", "1"), ("QuarantineKept", Pc1, "Nothing.", "0"), ("QuarantineEnded", "ward4-pc2", "A virus. It was set up anew.", "0"),
        ]);
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
