using System.Data.Common;
using System.Diagnostics;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Storage;
using Evercard.Registry.Audit;
using Evercard.Tests.House;
using Evercard.Tests.Server.Help;
using Evercard.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Evercard.Tests.Lifecycle;

/// <summary>What only a database server can do: be restarted, be away, be brought up to date by two nodes at once.</summary>
[Trait("Kind", "postgres")]
public sealed class PostgresTests : IDisposable
{
    private readonly TestDatabase _store = TestDatabase.Empty();
    private readonly Database _database;

    public PostgresTests() => _database = new Database(_store.ConnectionString, new ManualTime());

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Two_nodes_that_start_at_once_on_an_empty_database_bring_it_up_to_date_together()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new Database(_store.ConnectionString, TimeProvider.System).Migrate()));

        await Note();
        (await Events()).ShouldBe(1);
    }

    [Fact]
    public async Task Connections_that_died_in_the_pool_fail_neither_the_next_Write_nor_the_next_Read()
    {
        await _database.Migrate();
        await Note();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Events()));

        _store.CutConnections();
        await Note();
        _store.CutConnections();
        (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Events()))).ShouldAllBe(events => events == 2);
    }

    [Fact]
    public async Task A_Write_that_loses_its_connection_is_not_repeated_and_the_next_one_gets_another()
    {
        await _database.Migrate();
        var times = 0;

        await Should.ThrowAsync<Exception>(() => _database.Write(
            async records =>
            {
                times++;
                await records.Registry.Save(new AuditEvent { Kind = "Tested" }, default);
                _store.CutConnections();
            },
            default));

        times.ShouldBe(1);
        (await Events()).ShouldBe(0);
        await Note();
        (await Events()).ShouldBe(1);
    }

    /// <summary>EF's own way hides a lost connection in an InvalidOperationException, which reads as a mistake in the program.</summary>
    [Fact]
    public async Task A_query_that_loses_its_connection_says_that_the_database_failed()
    {
        await _database.Migrate();

        await Should.ThrowAsync<DbException>(() => _database.Read(
            async records =>
            {
                _store.CutConnections();
                return await records.Registry.AuditEvents.CountAsync();
            },
            default));
    }

    [Fact]
    public async Task Whoever_waits_too_long_for_another_writer_is_told_so()
    {
        await _database.Migrate();
        await _database.Write(
            async records =>
            {
                await records.Registry.Save(new AuditEvent { Kind = "Tested" }, default);
                var refused = await Should.ThrowAsync<DbException>(
                    () => new PostgresProvider(_store.ConnectionString, TimeSpan.FromMilliseconds(300)).Begin(writes: true, default));
                refused.Message.ShouldBe("Another writer has held the database for 0.3 seconds.");

                // Who only reads waits for nobody.
                (await Events()).ShouldBe(0);
            },
            default);
        await Note();
    }

    /// <summary>A node that lost its power ends no connection: the server would keep its lock for hours.</summary>
    [Fact]
    public async Task A_writer_of_which_the_server_hears_nothing_is_given_up()
    {
        await _database.Migrate();
        await using var silent = await new PostgresProvider(_store.ConnectionString, TimeSpan.FromMilliseconds(200)).Begin(writes: true, default);

        await Note();

        (await Events()).ShouldBe(1);
    }

    [Fact]
    public async Task A_database_that_lets_nobody_in_is_told_as_a_failure_of_the_database_and_used_again_afterwards()
    {
        await _database.Migrate();
        await Note();

        _store.LetNobodyIn(true);
        await Should.ThrowAsync<DbException>(Note);
        await Should.ThrowAsync<DbException>(Events);
        _store.LetNobodyIn(false);

        await Note();
        (await Events()).ShouldBe(2);
    }

    [Fact]
    public async Task A_page_tells_of_a_database_that_is_away_as_of_any_failure_and_works_again_afterwards()
    {
        var node = new HelpNode();
        await node.InitializeAsync();
        try
        {
            (await node.Get("/health/ready")).Status.ShouldBe(200);

            node.Store.LetNobodyIn(true);
            var (status, page) = await node.Get("/health/ready");
            node.Store.LetNobodyIn(false);

            status.ShouldBe(500);
            page.ShouldContain("Something went wrong");
            page.ShouldNotContain("Npgsql");
            (await node.Get("/health/ready")).Status.ShouldBe(200);
        }
        finally
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_server_that_was_restarted_is_used_on_and_its_password_stands_in_no_failure()
    {
        var server = await Dev("start");
        try
        {
            var database = new Database(server, new ManualTime());
            await database.Migrate();
            await Note(database);
            await Dev("restart");
            await Note(database);
            (await Events(database)).ShouldBe(2);

            await Dev("stop");
            var failed = await Should.ThrowAsync<DbException>(() => Note(database));
            failed.ToString().ShouldNotContain(new NpgsqlConnectionStringBuilder(server).Password!);
        }
        finally
        {
            await Dev("stop");
        }
    }

    [Fact]
    public async Task The_audit_trail_cannot_be_emptied_by_a_statement()
    {
        await _database.Migrate();

        Should.Throw<PostgresException>(() => _store.Execute("TRUNCATE audit_events")).MessageText.ShouldBe("audit events are neither changed nor deleted");
    }

    private Task Note() => Note(_database);

    private static Task Note(Database database) => database.Write(r => r.Registry.Save(new AuditEvent { Kind = "Tested" }, default), default);

    private Task<int> Events() => Events(_database);

    private static Task<int> Events(Database database) => database.Read(r => r.Registry.AuditEvents.CountAsync(), default);

    /// <summary>A server of this test's own: the others are using theirs.</summary>
    private static async Task<string> Dev(string what)
    {
        using var script = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root.FullName, "dev", "postgres"), [what, $"restarted-{Environment.ProcessId}"])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        })!;
        var said = await script.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await script.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        script.ExitCode.ShouldBe(0);
        return said.Trim();
    }
}
