using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Evercard.Tests.Lifecycle;

/// <summary>Who may read the file of a SQLite database.</summary>
public sealed class SqliteFileTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("evercard-database-").FullName;
    private readonly Database _database;

    public SqliteFileTests() => _database = new Database($"Data Source={FilePath}", new ManualTime());

    private string FilePath => Path.Combine(_folder, "evercard.db");

    public Task InitializeAsync() => _database.Migrate();

    [Fact]
    public async Task The_file_and_those_beside_it_are_the_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        // A connection that is open keeps the log and the shared memory there.
        var files = await _database.Read(
            async records =>
            {
                await _database.Write(r => r.Registry.Save(new AuditEvent { Kind = "Tested" }, default), default);
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
}
