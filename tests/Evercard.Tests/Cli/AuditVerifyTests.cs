using Evercard.Cli;
using Evercard.Cli.Audit;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Tests.Support;

namespace Evercard.Tests.Cli;

public sealed class AuditVerifyTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("audit");
    private readonly TestDatabase store;

    private readonly StringWriter output = new();

    public AuditVerifyTests() => store = TestDatabase.In(folder.FullName);

    private FileInfo NoDatabase => new(Path.Combine(folder.FullName, "nothing.db"));

    [Fact]
    public async Task A_whole_trail_is_told_with_its_head_and_a_cut_off_one_is_found_by_it()
    {
        await Record(3);
        (await Verify()).ShouldBe(AuditVerify.Whole);
        output.ToString().ShouldContain("--head-sequence 3 --head-hash ");

        (await AuditVerify.Run(Chosen, 4, new string('0', 64), output, default)).ShouldBe(AuditVerify.Broken);
        output.ToString().ShouldContain("broken at event");
    }

    [Fact]
    public async Task A_changed_event_is_named()
    {
        await Record(3);
        store.Tamper("UPDATE audit_events SET \"Kind\" = 'NothingHappened' WHERE \"Sequence\" = 2");

        (await Verify()).ShouldBe(AuditVerify.Broken);
        output.ToString().ShouldContain("broken at event 2: Changed");
    }

    [Fact]
    public async Task A_missing_file_is_not_made()
    {
        var file = NoDatabase;
        (await Verify(new ChosenDatabase(file))).ShouldBe(AuditVerify.Unusable);
        (await Verify(new ChosenDatabase($"Data Source={file.FullName}"))).ShouldBe(AuditVerify.Unusable);
        file.Refresh();
        file.Exists.ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_told_without_its_password()
    {
        (await Verify(new ChosenDatabase($"Host={folder.FullName};Username=evercard;Password=pass-of-a-server"))).ShouldBe(AuditVerify.Unusable);
        output.ToString().ShouldContain("cannot be reached");
        output.ToString().ShouldNotContain("pass-of-a-server");
    }

    /// <summary>Command lines are seen by others on the same computer.</summary>
    [Theory]
    [InlineData(null, null, "Name the database")]
    [InlineData("Host=db.example;Password=pass-of-a-server", null, "--database takes a file")]
    [InlineData(null, "Host=db.example;Pasword=pass-of-a-server", "cannot be read")]
    [InlineData(null, "Host=db.example;Password=pass-of-a-server", null)]
    [InlineData("evercard.db", "Host=db.example;Password=pass-of-a-server", null)]
    public void A_connection_string_stands_in_the_environment_and_a_file_on_the_command_line(string? option, string? setting, string? told)
    {
        var chosen = ChosenDatabase.Of(option, setting, out var fault);

        (chosen is null).ShouldBe(told is not null);
        (fault ?? "").ShouldContain(told ?? "");
        (fault ?? "").ShouldNotContain("pass-of-a-server");
    }

    /// <summary>Found on reading: half a head was ignored, and the answer looked like a check against it.</summary>
    [Fact]
    public async Task Half_a_head_is_refused_and_not_ignored()
    {
        await Record(1);
        (await AuditVerify.Run(Chosen, 1, null, output, default)).ShouldBe(AuditVerify.Unusable);
        (await AuditVerify.Run(Chosen, null, new string('0', 64), output, default)).ShouldBe(AuditVerify.Unusable);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_so()
    {
        await File.WriteAllTextAsync(NoDatabase.FullName, new string('x', 5_000));
        (await Verify(new ChosenDatabase(NoDatabase))).ShouldBe(AuditVerify.Unusable);
        output.ToString().ShouldContain("no database of Evercard's");
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Delete(recursive: true);
    }

    private ChosenDatabase Chosen => new(store.ConnectionString);

    private Task<int> Verify(ChosenDatabase? chosen = null) => AuditVerify.Run(chosen ?? Chosen, null, null, output, default);

    private async Task Record(int events)
    {
        var database = new Database(store.ConnectionString, TimeProvider.System);
        await database.Migrate();
        for (var i = 0; i < events; i++)
        {
            await database.Write(r => r.Registry.Save(new AuditEvent { Kind = "SomethingHappened" }, default), default);
        }
    }
}
