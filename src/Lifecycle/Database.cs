using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Evercard.Authority;
using Evercard.Authority.Storage;
using Evercard.Registry;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle;

/// <summary>
/// The one database: Registry's and Authority's tables over one connection, so that an act commits certificates, journal
/// and audit together. Nothing is committed that saved no audit event.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle has nothing to dispose of.")]
public class Database(string connectionString, TimeProvider time)
{
    private readonly string connectionString = new SqliteConnectionStringBuilder(connectionString)
    {
        ForeignKeys = true,
        DefaultTimeout = 30,
        Pooling = true,
    }.ToString();

    private readonly SemaphoreSlim oneWriter = new(1, 1);

    /// <summary>
    /// Creates or updates the tables; write-ahead logging, every commit on the disk before it is answered. A file that is not there
    /// is made, on Unix for its owner alone: it holds wrapped secrets and people's details. SQLite gives its two side files the same mode.
    /// </summary>
    public async Task Migrate(CancellationToken cancellation = default)
    {
        MakeFileForOwner();
        await using var connection = await Connect(writes: true, cancellation);
        using (var pragma = connection.CreateCommand())
        {
            pragma.CommandText = "PRAGMA journal_mode = WAL";
            await pragma.ExecuteNonQueryAsync(cancellation);
        }

        await using (var registry = RegistryOver(connection))
        {
            await registry.Database.MigrateAsync(cancellation);
        }

        await using var authority = AuthorityOver(connection);
        await authority.Database.MigrateAsync(cancellation);
    }

    /// <summary>Does <paramref name="work"/> in one transaction. It commits only if an audit event was saved with the change.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Another node changed the same state first: nothing was written.</exception>
    public async Task<T> Write<T>(Func<Records, Task<T>> work, CancellationToken cancellation)
    {
        // SQLite has one writer, and waits for it by blocking the thread: within this process the queue is here, where waiting costs nothing.
        await oneWriter.WaitAsync(cancellation);
        try
        {
            return await WriteAlone(work, cancellation);
        }
        finally
        {
            oneWriter.Release();
        }
    }

    public Task Write(Func<Records, Task> work, CancellationToken cancellation) =>
        Write(
            async records =>
            {
                await work(records);
                return true;
            },
            cancellation);

    /// <summary>Reads in one snapshot: all queries see the state that the first one saw. A write in here is refused by the database.</summary>
    public async Task<T> Read<T>(Func<Records, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await Connect(writes: false, cancellation);
        // Deferred: takes no lock that a writer would wait for.
        await using var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: true);
        await using var registry = RegistryOver(connection);
        await using var authority = AuthorityOver(connection);
        await registry.Database.UseTransactionAsync(transaction, cancellation);
        await authority.Database.UseTransactionAsync(transaction, cancellation);
        authority.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        registry.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await work(new Records(registry, authority));
    }

    private async Task<T> WriteAlone<T>(Func<Records, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await Connect(writes: true, cancellation);
        await using var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
        await using var registry = RegistryOver(connection);
        await using var authority = AuthorityOver(connection);
        await registry.Database.UseTransactionAsync(transaction, cancellation);
        await authority.Database.UseTransactionAsync(transaction, cancellation);

        var result = await work(new Records(registry, authority));
        if (registry.EventsSaved == 0 || registry.ChangeTracker.HasChanges() || authority.ChangeTracker.HasChanges())
        {
            throw new InvalidOperationException("No change without its audit event: the transaction saved none, or left changes unsaved.");
        }

        await Commit(transaction, new Records(registry, authority), cancellation);
        return result;
    }

    /// <summary>The moment from which a change is true. Tests let the process die right before and right after it.</summary>
    /// <param name="transaction">With everything in it.</param>
    /// <param name="records">What was changed.</param>
    /// <param name="cancellation">Gives up.</param>
    protected virtual Task Commit(DbTransaction transaction, Records records, CancellationToken cancellation) => transaction.CommitAsync(cancellation);

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

    private RegistryContext RegistryOver(DbConnection connection) =>
        new(RegistryContext.Over(connection), time);

    private static AuthorityContext AuthorityOver(DbConnection connection) =>
        AuthorityContext.Over(connection);
}

/// <summary>Both contexts over one connection.</summary>
public sealed record Records(RegistryContext Registry, AuthorityContext Authority);
