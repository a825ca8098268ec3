using System.Data.Common;
using Evercard.Registry;
using Evercard.Registry.Audit;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Registry;

public sealed class SaveTests : IDisposable
{
    private readonly RegistryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task SaveChanges_is_closed_in_all_its_forms()
    {
        await using var visit = _file.Open();
        var registry = visit.Registry;
        registry.Organisations.Add(new Organisation { Code = "DEMO1", Name = "One" });

        Should.Throw<InvalidOperationException>(() => registry.SaveChanges());
        Should.Throw<InvalidOperationException>(() => registry.SaveChanges(acceptAllChangesOnSuccess: false));
        await Should.ThrowAsync<InvalidOperationException>(() => registry.SaveChangesAsync());
        await Should.ThrowAsync<InvalidOperationException>(() => registry.SaveChangesAsync(acceptAllChangesOnSuccess: true));
        (await registry.Organisations.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Save_outside_a_transaction_is_refused()
    {
        await using var connection = _file.Connect();
        await using var registry = RegistryContext.Over(connection, _file.Time);

        await Should.ThrowAsync<InvalidOperationException>(() => registry.Save(new AuditEvent { Kind = "Tested" }, CancellationToken.None));

        _file.Trail().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_and_its_change_are_written_together()
    {
        await using (var visit = _file.Open())
        {
            visit.Registry.Organisations.Add(new Organisation { Code = "DEMO1", Name = "One" });
            await visit.Save("OrganisationAdded");
            visit.Registry.EventsSaved.ShouldBe(1);
            await visit.Commit();
        }

        await using var later = _file.Open();
        (await later.Registry.Organisations.SingleAsync()).Name.ShouldBe("One");
        var what = _file.Trail().ShouldHaveSingleItem();
        what.Kind.ShouldBe("OrganisationAdded");
        what.Sequence.ShouldBe(1);
        what.At.ShouldBe(_file.Time.Now);
    }

    [Fact]
    public async Task An_event_goes_when_its_change_is_rolled_back()
    {
        await using (var visit = _file.Open())
        {
            Some.Cardholder(visit.Registry);
            await visit.Save();
        }

        await using var later = _file.Open();
        (await later.Registry.People.AnyAsync()).ShouldBeFalse();
        _file.Trail().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_change_goes_when_its_event_cannot_be_written()
    {
        _file.Execute(TestDatabase.Refuse("Tested"));
        await using (var visit = _file.Open())
        {
            visit.Registry.Organisations.Add(new Organisation { Code = "DEMO1", Name = "One" });
            await Should.ThrowAsync<DbUpdateException>(() => visit.Save());
            visit.Registry.EventsSaved.ShouldBe(0);
            await visit.Commit();
        }

        await using var later = _file.Open();
        (await later.Registry.Organisations.AnyAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task An_event_is_saved_once()
    {
        await using var visit = _file.Open();
        var what = new AuditEvent { Kind = "Tested" };
        await visit.Registry.Save(what, CancellationToken.None);

        await Should.ThrowAsync<InvalidOperationException>(() => visit.Registry.Save(what, CancellationToken.None));
    }

    [Theory]
    [InlineData(EntityState.Modified)]
    [InlineData(EntityState.Deleted)]
    public async Task A_saved_event_is_neither_changed_nor_deleted_through_the_context(EntityState state)
    {
        await _file.Write(_ => { });
        await using var visit = _file.Open();
        visit.Registry.Entry(await visit.Registry.AuditEvents.SingleAsync()).State = state;

        await Should.ThrowAsync<InvalidOperationException>(() => visit.Save());
    }

    [Fact]
    public async Task A_saved_event_is_neither_changed_nor_deleted_by_a_statement()
    {
        await _file.Write(_ => { });

        Should.Throw<DbException>(() => _file.Execute("DELETE FROM audit_events"));
        Should.Throw<DbException>(() => _file.Execute("UPDATE audit_events SET \"Kind\" = 'Other'"));
    }

    [Fact]
    public async Task An_event_added_beside_Save_is_refused()
    {
        await using var visit = _file.Open();
        visit.Registry.AuditEvents.Add(new AuditEvent { Kind = "Smuggled" });

        await Should.ThrowAsync<InvalidOperationException>(() => visit.Save());
    }

    public static TheoryData<object> Malformed() =>
    [
        new Person { Uuid = "99900000001", FullName = "Wren Holloway", OrganisationCode = "DEMO1" },
        new Person { Uuid = "99900000000x", FullName = "Wren Holloway", OrganisationCode = "DEMO1" },
        new Person { Uuid = Some.Uuid, FullName = " ", OrganisationCode = "DEMO1" },
        new Organisation { Code = "demo 1", Name = "One" },
        Some.Operation("EV-0OI1-LL"),
        Some.Step(Guid.NewGuid(), keyReference: 0x9B),
        Some.Step(Guid.NewGuid(), attempt: 0),
    ];

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public async Task A_malformed_row_is_not_written(object row)
    {
        await using var visit = _file.Open();
        visit.Registry.Add(row);

        await Should.ThrowAsync<ArgumentException>(() => visit.Save());
    }

    [Fact]
    public async Task A_fact_that_is_too_long_is_refused_and_not_repeated_in_the_message()
    {
        await using var visit = _file.Open();
        var fact = new string('x', 1001);
        var what = new AuditEvent { Kind = "Tested", Facts = new Dictionary<string, string> { ["name"] = fact } };

        var refused = await Should.ThrowAsync<ArgumentException>(() => visit.Registry.Save(what, CancellationToken.None));

        refused.Message.ShouldNotContain("xx");
    }
}
