using Evercard.Cli.Audit;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Microsoft.Data.Sqlite;

namespace Evercard.Tests.Cli;

public sealed class AuditVerifyTests : IDisposable
{
    private readonly FileInfo file = new(Path.Combine(Directory.CreateTempSubdirectory("audit").FullName, "evercard.db"));
    private readonly StringWriter output = new();

    [Fact]
    public async Task A_whole_trail_is_told_with_its_head_and_a_cut_off_one_is_found_by_it()
    {
        await Record(3);
        (await Verify()).ShouldBe(AuditVerify.Whole);
        output.ToString().ShouldContain("--head-sequence 3 --head-hash ");

        (await AuditVerify.Run(file, 4, new string('0', 64), output, default)).ShouldBe(AuditVerify.Broken);
        output.ToString().ShouldContain("broken at event");
    }

    [Fact]
    public async Task A_changed_event_is_named()
    {
        await Record(3);
        await using (var connection = new SqliteConnection($"Data Source={file.FullName}"))
        {
            await connection.OpenAsync();
            await using var change = connection.CreateCommand();
            change.CommandText = "SELECT group_concat('DROP TRIGGER ' || name || ';', ' ') FROM sqlite_master WHERE type = 'trigger'";
            change.CommandText = (string)(await change.ExecuteScalarAsync())! + "UPDATE audit_events SET \"Kind\" = 'NothingHappened' WHERE \"Sequence\" = 2";
            await change.ExecuteNonQueryAsync();
        }

        (await Verify()).ShouldBe(AuditVerify.Broken);
        output.ToString().ShouldContain("broken at event 2: Changed");
    }

    [Fact]
    public async Task A_missing_file_is_not_made() 
    {
        (await Verify()).ShouldBe(AuditVerify.Unusable);
        file.Refresh();
        file.Exists.ShouldBeFalse();
    }

    /// <summary>Found on reading: half a head was ignored, and the answer looked like a check against it.</summary>
    [Fact]
    public async Task Half_a_head_is_refused_and_not_ignored()
    {
        await Record(1);
        (await AuditVerify.Run(file, 1, null, output, default)).ShouldBe(AuditVerify.Unusable);
        (await AuditVerify.Run(file, null, new string('0', 64), output, default)).ShouldBe(AuditVerify.Unusable);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_so()
    {
        await File.WriteAllTextAsync(file.FullName, new string('x', 5_000));
        file.Refresh();
        (await Verify()).ShouldBe(AuditVerify.Unusable);
        output.ToString().ShouldContain("no database of Evercard's");
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        file.Directory!.Delete(recursive: true);
    }

    private Task<int> Verify() => AuditVerify.Run(file, null, null, output, default);

    private async Task Record(int events)
    {
        var database = new Database($"Data Source={file.FullName}", TimeProvider.System);
        await database.Migrate();
        for (var i = 0; i < events; i++)
        {
            await database.Write(r => r.Registry.Save(new AuditEvent { Kind = "SomethingHappened" }, default), default);
        }

        file.Refresh();
    }
}
