using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Registry.People;
using Evercard.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Lifecycle;

/// <summary>The one database of Registry and Authority: its snapshots, and who may read its file.</summary>
public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evercard-database-").FullName;
    private readonly Database _database;

    public DatabaseTests() => _database = new Database($"Data Source={FilePath}", new ManualTime());

    private string FilePath => Path.Combine(_folder, "evercard.db");

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

        refused.InnerException.ShouldBeOfType<SqliteException>().Message.ShouldContain("readonly");
        await Add("AFTER");
    }

    [Fact]
    public async Task The_file_and_those_beside_it_are_the_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        // A connection that is open keeps the log and the shared memory there.
        var files = await _database.Read(
            async records =>
            {
                await Add("ONE");
                return Directory.GetFiles(_folder);
            },
            default);

        files.Length.ShouldBe(3);
        foreach (var file in files)
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
    }

    [Fact]
    public async Task A_file_that_is_there_keeps_the_mode_that_its_owner_gave_it()
    {
        if (OperatingSystem.IsWindows())
            return;
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(FilePath, mode);

        await _database.Migrate();

        File.GetUnixFileMode(FilePath).ShouldBe(mode);
    }

    public Task DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
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
