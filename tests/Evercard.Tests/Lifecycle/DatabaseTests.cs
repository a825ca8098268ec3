using System.Data.Common;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Registry.People;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>The one database of Registry and Authority, whichever it is: snapshots, one writer, one chain.</summary>
public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evercard-database-").FullName;
    private readonly TestDatabase _store;
    private readonly Database _database;

    public DatabaseTests()
    {
        _store = TestDatabase.In(_folder);
        _database = new Database(_store.ConnectionString, new ManualTime());
    }

    public Task InitializeAsync() => _database.Migrate();

    [Fact]
    public async Task Two_queries_of_one_Read_see_one_state_while_another_connection_writes_in_between()
    {
        await Add("ONE");

        var counts = await _database.Read(
            async records =>
            {
                var before = await records.Registry.Organisations.CountAsync();
                await Add("TWO");
                return (before, After: await records.Registry.Organisations.CountAsync());
            },
            default);

        counts.ShouldBe((1, 1));
        (await _database.Read(records => records.Registry.Organisations.CountAsync(), default)).ShouldBe(2);
    }

    [Fact]
    public async Task A_Read_cannot_write_not_even_with_an_audit_event()
    {
        var refused = await Should.ThrowAsync<DbUpdateException>(() => _database.Read(
            async records =>
            {
                await records.Registry.Save(new AuditEvent { Kind = "Tested" }, default);
                return true;
            },
            default));

        refused.InnerException.ShouldBeAssignableTo<DbException>()!.Message.ShouldMatch("read-?only");
        await Add("AFTER");
    }

    /// <summary>Contexts are given back and used again: what one has saved before counts for nothing.</summary>
    [Fact]
    public async Task Nothing_is_committed_without_an_audit_event_of_its_own_transaction()
    {
        for (var i = 0; i < 3; i++)
        {
            await Add($"ORG{i}");
            await Should.ThrowAsync<InvalidOperationException>(() => _database.Write(_ => Task.FromResult(true), default));
        }
    }

    /// <summary>As on two nodes: neither knows the other's queue.</summary>
    [Fact]
    public async Task Eight_writers_on_two_nodes_neither_fork_the_audit_chain_nor_lose_what_another_one_added()
    {
        const int writers = 8;
        const int each = 10;
        var other = new Database(_store.ConnectionString, new ManualTime());
        await _database.Write(
            records =>
            {
                records.Registry.Organisations.Add(new Organisation { Code = "SUM", Name = "0" });
                return records.Registry.Save(new AuditEvent { Kind = "Tested" }, default);
            },
            default);

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var node = writer % 2 == 0 ? _database : other;
            for (var n = 0; n < each; n++)
            {
                await node.Write(
                    async records =>
                    {
                        // No column that is compared: only that nobody else writes in between keeps this from being lost.
                        var sum = await records.Registry.Organisations.SingleAsync(o => o.Code == "SUM");
                        await Task.Yield();
                        sum.Name = $"{int.Parse(sum.Name, System.Globalization.CultureInfo.InvariantCulture) + 1}";
                        await records.Registry.Save(new AuditEvent { Kind = "Tested" }, default);
                    },
                    default);
            }
        })));

        var (trail, name) = await _database.Read(
            async records => (await records.Registry.AuditEvents.OrderBy(e => e.Sequence).ToListAsync(), (await records.Registry.Organisations.SingleAsync()).Name), default);
        name.ShouldBe($"{writers * each}");
        AuditChain.Verify(trail).ShouldBeOfType<AuditFinding.Whole>().Head!.Sequence.ShouldBe((writers * each) + 1);
    }

    [Fact]
    public async Task A_Write_that_saved_no_event_changes_nothing()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => _database.Write(
            records =>
            {
                records.Registry.Organisations.Add(new Organisation { Code = "ONE", Name = "One" });
                return Task.CompletedTask;
            },
            default));

        (await _database.Read(records => records.Registry.Organisations.AnyAsync(), default)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("postgres://evercard:pass-of-a-server@db.example/evercard")]
    [InlineData("Host=db.example;Pasword=pass-of-a-server")]
    [InlineData("Host=db.example;Password=pass;-of-a-server")]
    [InlineData("Datenquelle=pass-of-a-server")]
    public void A_connection_string_that_cannot_be_read_is_refused_and_not_repeated(string connectionString)
    {
        var refused = Should.Throw<ArgumentException>(() => new Database(connectionString, TimeProvider.System));

        refused.ToString().ShouldContain("Data Source=FILE");
        refused.ToString().ShouldNotContain("of-a-server");
        Database.FindFault(connectionString).ShouldNotBeNull().ShouldNotContain("of-a-server");
    }

    public Task DisposeAsync()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private Task Add(string code) => _database.Write(
        async records =>
        {
            records.Registry.Organisations.Add(new Organisation { Code = code, Name = code });
            await records.Registry.Save(new AuditEvent { Kind = "Tested" }, default);
        },
        default);
}
