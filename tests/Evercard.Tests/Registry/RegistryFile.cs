using System.Data.Common;
using Evercard.Registry;
using Evercard.Registry.Audit;
using Evercard.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Tests.Registry;

/// <summary>A real database of a test's own, gone afterwards.</summary>
public sealed class RegistryFile : IDisposable
{
    /// <summary>A migrated SQLite database, made once and copied for each test.</summary>
    private static readonly Lazy<byte[]> Migrated = new(Migrate);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evercard-registry-");
    private readonly TestDatabase _database;

    public RegistryFile()
    {
        _database = TestDatabase.In(_folder.FullName);
        if (!TestDatabase.IsPostgres)
        {
            File.WriteAllBytes(Database(_folder), Migrated.Value);
            Execute("PRAGMA journal_mode = WAL");
        }
    }

    public ManualTime Time { get; } = new();

    public DbConnection Connect() => _database.Connect();

    public Visit Open() => new(this);

    /// <summary>One transaction with one Save, committed.</summary>
    public async Task Write(Action<RegistryContext> change, string kind = "Tested")
    {
        await using var visit = Open();
        change(visit.Registry);
        await visit.Registry.Save(new AuditEvent { Kind = kind }, CancellationToken.None);
        await visit.Commit();
    }

    public List<AuditEvent> Trail()
    {
        using var connection = Connect();
        using var context = RegistryContext.Over(connection, Time);
        return [.. context.AuditEvents.AsNoTracking().OrderBy(e => e.Sequence)];
    }

    public void Execute(string sql) => _database.Execute(sql);

    /// <summary>See <see cref="TestDatabase.Tamper"/>.</summary>
    public void Tamper(string sql) => _database.Tamper(sql);

    public void Dispose()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    private static byte[] Migrate()
    {
        var folder = Directory.CreateTempSubdirectory("evercard-registry-");
        using (var connection = Connect(folder))
        {
            using var context = RegistryContext.Over(connection, new ManualTime());
            context.Database.Migrate();

            // EF Core turns WAL on; back to one file, so that it can be copied.
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = DELETE";
            command.ExecuteNonQuery();
        }

        var bytes = File.ReadAllBytes(Database(folder));
        folder.Delete(recursive: true);
        return bytes;
    }

    private static string Database(DirectoryInfo folder) => Path.Combine(folder.FullName, "evercard.db");

    private static SqliteConnection Connect(DirectoryInfo folder)
    {
        var connection = new SqliteConnection($"Data Source={Database(folder)};Pooling=False");
        connection.Open();
        return connection;
    }
}

/// <summary>A connection, a transaction that holds the write lock from the start, and a context in it.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;

    public Visit(RegistryFile file)
    {
        _connection = file.Connect();
        _transaction = TestDatabase.BeginWriting(_connection);
        Registry = RegistryContext.Over(_connection, file.Time);
        Registry.Database.UseTransaction(_transaction);
    }

    public RegistryContext Registry { get; }

    public Task Save(string kind = "Tested") => Registry.Save(new AuditEvent { Kind = kind }, CancellationToken.None);

    public Task Commit() => _transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
