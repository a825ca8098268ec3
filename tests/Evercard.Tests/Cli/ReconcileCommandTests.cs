using System.CommandLine;
using Evercard.Cards.Piv;
using Evercard.Cli;
using Evercard.Cli.Reconciliation;
using Evercard.Lifecycle.Reconciliation;
using Evercard.Lifecycle.Renewal;
using Evercard.Tests.Journey;
using Evercard.Tests.Lifecycle;
using Evercard.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Cli;

public sealed class ReconcileCommandTests : IDisposable
{
    private readonly StringWriter output = new();
    private Ward? ward;

    [Fact]
    public async Task A_dry_run_tells_what_would_be_done_and_who_is_needed_and_not_one_row_or_event_is_changed()
    {
        var (late, waiting) = await LeaveTwoBehind();
        var before = await Everything();
        var file = await Bytes();

        (await Run(isDryRun: true)).ShouldBe(ReconcileCommand.PersonNeeded);

        (await Everything()).ShouldBe(before);
        (await Bytes()).ShouldBe(file);
        var told = output.ToString();
        told.ShouldStartWith("To do, and not done in this dry run:");
        told.ShouldContain($"End renewal {late}: it was not finished before its last day. Revoke what never reached the card: ");
        told.ShouldContain("Cards that need attention, the most urgent first:");
        told.ShouldContain($"Renewal unfinished: Callum Marsh, 999000000002, smartcard 0412 ");
        told.ShouldContain(waiting);
        told.ShouldContain("Ask Callum to put the card into any computer and type the passcode");
    }

    /// <summary>The same words in the dry run, in the run, on the page.</summary>
    [Fact]
    public async Task A_run_does_what_the_dry_run_said_and_a_second_one_nothing()
    {
        await LeaveTwoBehind();
        await Run(isDryRun: true);
        var dry = output.ToString();
        output.GetStringBuilder().Clear();
        (await Run(isDryRun: false)).ShouldBe(ReconcileCommand.PersonNeeded);
        output.ToString().ShouldBe(dry.Replace("To do, and not done in this dry run:", "Done:", StringComparison.Ordinal));
        var item = (await ward!.Attention.Of(null, default))[0];
        item.Finding.Kind.ShouldBe(FindingKind.EndedHalfway);
        output.ToString().ShouldContain(FindingWords.Found(item.Finding, ward.Options.TimeZone));

        var mark = await Everything();
        output.GetStringBuilder().Clear();
        (await Run(isDryRun: false)).ShouldBe(ReconcileCommand.PersonNeeded);
        output.ToString().ShouldStartWith("Nothing was left to be ended.");
        (await Everything()).ShouldBe(mark);
        await CardCheck.AuditChainIsWhole(ward);
    }

    [Fact]
    public async Task Where_all_is_well_it_says_so()
    {
        ward = await Ward.Open();
        (await Run(isDryRun: false)).ShouldBe(ReconcileCommand.NobodyNeeded);
        output.ToString().ReplaceLineEndings("\n").ShouldBe("Nothing was left to be ended.\n\nNo card needs attention.\n");
    }

    [Fact]
    public async Task A_missing_file_is_not_made_and_another_one_is_no_database()
    {
        var file = new FileInfo(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.db"));
        (await new ReconcileCommand(new ChosenDatabase(file), output, TimeProvider.System).Run(isDryRun: true, default)).ShouldBe(ChosenDatabase.Unusable);
        file.Refresh();
        file.Exists.ShouldBeFalse();
        await System.IO.File.WriteAllTextAsync(file.FullName, new string('x', 5_000));
        file.Refresh();
        (await new ReconcileCommand(new ChosenDatabase(file), output, TimeProvider.System).Run(isDryRun: false, default)).ShouldBe(ChosenDatabase.Unusable);
        output.ToString().ShouldContain("is no database of Evercard's");
        file.Delete();
    }

    [Fact]
    public void Its_help_names_each_option_and_how_it_ends()
    {
        var command = ReconcileCommand.Command(new Option<ChosenDatabase>("--database") { Description = "The database file." });
        command.Options.Select(option => option.Name).ShouldBe(["--database", "--dry-run"]);
        command.Options.ShouldAllBe(option => !string.IsNullOrEmpty(option.Description));
        foreach (var code in (string[])["Ends with 0 ", ", 3 where", ", 1 where", ", 2 where"])
        {
            command.Description!.ShouldContain(code);
        }
    }

    public void Dispose() => ward?.Dispose();

    private Task<int> Run(bool isDryRun) => new ReconcileCommand(new ChosenDatabase(ward!.Store.ConnectionString), output, ward!.Time).Run(isDryRun, default);

    private FileInfo File => new(new SqliteConnectionStringBuilder(ward!.Store.ConnectionString).DataSource);

    /// <returns>References of a renewal that is too late, and of one that may be finished.</returns>
    private async Task<(string Late, string Waiting)> LeaveTwoBehind()
    {
        ward = await Ward.Open();
        var references = new List<string>();
        foreach (var (daysLeft, person) in ((int, Evercard.DevHost.SampleCards.SamplePerson)[])[(2, Evercard.DevHost.SampleCards.SampleWard.Wren), (60, Evercard.DevHost.SampleCards.SampleWard.Callum)])
        {
            var (card, id) = await ward.Issue(daysLeft, person: person);
            card.CutAtNext(PivInstruction.PutData);
            (await ward.Visit(card, id, await ward.Session(card, id))).ShouldBeOfType<RenewalOutcome.Refused>();
            references.Add(await ward.Read(r => r.Registry.Operations.Where(o => o.SmartcardId == id && o.Act == Evercard.Registry.Journal.Act.Renewal).Select(o => o.Reference).SingleAsync()));
        }

        ward.Time.Advance(TimeSpan.FromDays(15));
        return (references[0], references[1]);
    }

    /// <summary>Every row of every table, as text.</summary>
    private async Task<string> Everything()
    {
        if (TestDatabase.IsPostgres)
        {
            return string.Join('\n', ward!.Store.Contents().Select(Convert.ToHexString));
        }

        await using var connection = new SqliteConnection($"Data Source={File.FullName};Mode=ReadOnly");
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var names = connection.CreateCommand())
        {
            names.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
            await using var read = await names.ExecuteReaderAsync();
            while (await read.ReadAsync())
            {
                tables.Add(read.GetString(0));
            }
        }

        var text = new System.Text.StringBuilder();
        foreach (var table in tables)
        {
            await using var rows = connection.CreateCommand();
            rows.CommandText = $"SELECT * FROM \"{table}\"";
            await using var read = await rows.ExecuteReaderAsync();
            while (await read.ReadAsync())
            {
                text.Append(table);
                for (var i = 0; i < read.FieldCount; i++)
                {
                    text.Append('|').Append(read.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : read.GetValue(i));
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Digest of the file with its log written into it.</summary>
    private async Task<string> Bytes()
    {
        if (TestDatabase.IsPostgres)
        {
            return await Everything();
        }

        SqliteConnection.ClearAllPools();
        await using (var connection = new SqliteConnection($"Data Source={File.FullName}"))
        {
            await connection.OpenAsync();
            await using var written = connection.CreateCommand();
            written.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            await written.ExecuteNonQueryAsync();
        }

        return Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await System.IO.File.ReadAllBytesAsync(File.FullName)));
    }
}
