using Evercard.Registry.Audit;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Registry;

public sealed class AuditChainTests : IAsyncLifetime
{
    private readonly RegistryFile _file = new();

    public async Task InitializeAsync()
    {
        for (var n = 1; n <= 4; n++)
        {
            await using var visit = _file.Open();
            var what = new AuditEvent
            {
                Kind = $"Kind{n}",
                OperationId = Guid.NewGuid(),
                SmartcardId = Guid.NewGuid(),
                PersonUuid = Some.Uuid,
                AgentId = "ab",
                Facts = new Dictionary<string, string> { ["z"] = "é\n\"", ["a"] = "" },
            };
            await visit.Registry.Save(what, CancellationToken.None);
            await visit.Commit();
            _file.Time.Now += TimeSpan.FromTicks(12_345_678);
        }
    }

    public Task DisposeAsync()
    {
        _file.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task An_untouched_trail_holds_and_tells_its_head()
    {
        await using var visit = _file.Open();
        var events = visit.Registry.AuditEvents.AsNoTracking().OrderBy(e => e.Sequence);

        var whole = (await AuditChain.Verify(events.AsAsyncEnumerable(), null, CancellationToken.None)).ShouldBeOfType<AuditFinding.Whole>();

        whole.Head!.Sequence.ShouldBe(4);
        whole.Head.Hash.ToArray().ShouldBe(_file.Trail()[^1].Hash);
        AuditChain.Verify(_file.Trail(), whole.Head).ShouldBeOfType<AuditFinding.Whole>();
    }

    [Fact]
    public void An_empty_trail_holds() => AuditChain.Verify([]).ShouldBe(new AuditFinding.Whole(null));

    [Theory]
    [InlineData("At", "\"At\" + 1", AuditFault.Changed)]
    [InlineData("Kind", "'Kind9'", AuditFault.Changed)]
    [InlineData("OperationId", "NULL", AuditFault.Changed)]
    [InlineData("SmartcardId", "\"OperationId\"", AuditFault.Changed)]
    [InlineData("PersonUuid", "'999000000002'", AuditFault.Changed)]
    [InlineData("AgentId", "''", AuditFault.Changed)]
    [InlineData("Facts", "'{\"a\":\"\"}'", AuditFault.Changed)]
    [InlineData("Facts", "'no JSON'", AuditFault.Changed)]
    [InlineData("Hash", "ZEROS", AuditFault.Changed)]
    [InlineData("PreviousHash", "ZEROS", AuditFault.NotLinked)]
    [InlineData("Sequence", "9", AuditFault.OutOfSequence)]
    public void A_change_of_any_field_is_found_where_it_is(string column, string value, AuditFault fault)
    {
        var zeros = TestDatabase.Literal(new byte[32]);
        _file.Tamper($"UPDATE audit_events SET \"{column}\" = {value.Replace("ZEROS", zeros, StringComparison.Ordinal)} WHERE \"Sequence\" = 2");

        AuditChain.Verify(_file.Trail()).ShouldBe(new AuditFinding.Broken(2, fault));
    }

    [Fact]
    public void A_change_with_a_fitting_hash_is_found_at_the_next_event()
    {
        _file.Tamper("UPDATE audit_events SET \"Kind\" = 'Kind9' WHERE \"Sequence\" = 2");
        var fitting = TestDatabase.Literal(AuditHash.Of(_file.Trail()[1]));
        _file.Tamper($"UPDATE audit_events SET \"Hash\" = {fitting} WHERE \"Sequence\" = 2");

        AuditChain.Verify(_file.Trail()).ShouldBe(new AuditFinding.Broken(3, AuditFault.NotLinked));
    }

    [Fact]
    public void A_missing_event_is_found()
    {
        _file.Tamper("DELETE FROM audit_events WHERE \"Sequence\" = 2");

        AuditChain.Verify(_file.Trail()).ShouldBe(new AuditFinding.Broken(2, AuditFault.OutOfSequence));
    }

    [Fact]
    public void A_missing_event_is_found_though_the_rest_was_renumbered()
    {
        _file.Tamper(
            "DELETE FROM audit_events WHERE \"Sequence\" = 2; UPDATE audit_events SET \"Sequence\" = \"Sequence\" - 1 WHERE \"Sequence\" > 2");

        AuditChain.Verify(_file.Trail()).ShouldBe(new AuditFinding.Broken(2, AuditFault.NotLinked));
    }

    [Fact]
    public void Another_order_is_found()
    {
        var trail = _file.Trail();

        AuditChain.Verify([trail[0], trail[2], trail[1], trail[3]]).ShouldBe(new AuditFinding.Broken(2, AuditFault.OutOfSequence));
    }

    [Fact]
    public void A_missing_end_is_found_by_whoever_remembers_the_head_and_by_nobody_else()
    {
        var remembered = new AuditHead(4, _file.Trail()[^1].Hash);
        _file.Tamper("DELETE FROM audit_events WHERE \"Sequence\" > 2");

        AuditChain.Verify(_file.Trail()).ShouldBeOfType<AuditFinding.Whole>();
        AuditChain.Verify(_file.Trail(), remembered).ShouldBe(new AuditFinding.Broken(3, AuditFault.CutShort));
    }

    [Fact]
    public async Task A_trail_written_anew_is_found_by_whoever_remembers_the_head()
    {
        var remembered = new AuditHead(4, _file.Trail()[^1].Hash);
        _file.Tamper("DELETE FROM audit_events WHERE \"Sequence\" = 4");
        await _file.Write(_ => { }, "Forged");

        AuditChain.Verify(_file.Trail()).ShouldBeOfType<AuditFinding.Whole>();
        AuditChain.Verify(_file.Trail(), remembered).ShouldBe(new AuditFinding.Broken(4, AuditFault.Rewritten));
    }
}
