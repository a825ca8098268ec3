using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Evercard.Lifecycle.Storage;

/// <summary>A file on this computer, with write-ahead logging; every commit is on the disk before it is answered.</summary>
internal sealed class SqliteProvider(string connectionString) : IDatabaseProvider
{
    private readonly string connectionString = new SqliteConnectionStringBuilder(connectionString)
    {
        ForeignKeys = true,
        DefaultTimeout = (int)DatabaseLimits.Wait.TotalSeconds,
        Pooling = true,
    }.ToString();

    public async Task<Begun> Begin(bool writes, CancellationToken cancellation)
    {
        var connection = await Connect(writes, cancellation);
        try
        {
            // Deferred: a reader takes no lock that a writer would wait for.
            return new Begun(connection, connection.BeginTransaction(IsolationLevel.Serializable, deferred: !writes));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A file that is not there is made, on Unix for its owner alone: it holds wrapped secrets and people's details. SQLite gives its
    /// two side files the same mode.
    /// </summary>
    public async Task<DbConnection> OpenForMigration(CancellationToken cancellation)
    {
        MakeFileForOwner();
        var connection = await Connect(writes: true, cancellation);
        using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA journal_mode = WAL";
        await pragma.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    private void MakeFileForOwner()
    {
        var target = new SqliteConnectionStringBuilder(connectionString);
        // An address or a database in memory is SQLite's own affair.
        var isFile = target.Mode == SqliteOpenMode.ReadWriteCreate && target.DataSource.Length > 0
            && target.DataSource[0] != ':' && !target.DataSource.StartsWith("file:", StringComparison.Ordinal);
        if (OperatingSystem.IsWindows() || !isFile || File.Exists(target.DataSource))
        {
            return;
        }

        // SQLite takes an empty file for a new database. Two nodes may come here at once: neither is refused.
        File.Open(
            target.DataSource,
            new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
    }

    private async Task<SqliteConnection> Connect(bool writes, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellation);
        using var pragma = connection.CreateCommand();
        // Connections come back from a pool as they were left: both are said each time.
        pragma.CommandText = writes ? "PRAGMA synchronous = FULL; PRAGMA query_only = OFF" : "PRAGMA synchronous = FULL; PRAGMA query_only = ON";
        await pragma.ExecuteNonQueryAsync(cancellation);
        return connection;
    }
}
