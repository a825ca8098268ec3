using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Evercard.Authority;
using Evercard.Authority.Storage;
using Evercard.Lifecycle.Storage;
using Evercard.Registry;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle;

/// <summary>
/// The one database: Registry's and Authority's tables over one connection, so that an act commits certificates, journal
/// and audit together. Nothing is committed that saved no audit event.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle has nothing to dispose of.")]
public class Database(string connectionString, TimeProvider time)
{
    private const string HowToConnect =
        "The connection string of the database cannot be read. It has the form \"Data Source=FILE\" (SQLite) or \"Host=…;Database=…;Username=…;Password=…\" (PostgreSQL); what contains a semicolon stands in quotation marks.";

    private readonly IDatabaseProvider provider = ProviderOf(connectionString);
    private readonly SemaphoreSlim oneWriter = new(1, 1);

    /// <summary>Creates or updates the tables. Two nodes may come here at once.</summary>
    public async Task Migrate(CancellationToken cancellation = default)
    {
        await using var connection = await provider.OpenForMigration(cancellation);
        await using (var registry = RegistryContext.Over(connection, time))
        {
            await registry.Database.MigrateAsync(cancellation);
        }

        await using var authority = AuthorityContext.Over(connection);
        await authority.Database.MigrateAsync(cancellation);
    }

    /// <summary>Does <paramref name="work"/> in one transaction. It commits only if an audit event was saved with the change.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Another node changed the same state first: nothing was written.</exception>
    public async Task<T> Write<T>(Func<Records, Task<T>> work, CancellationToken cancellation)
    {
        // The database has one writer. SQLite waits for it by blocking the thread, PostgreSQL with a connection in hand: within this process
        // the queue is here, where waiting costs nothing.
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
        await using var begun = await provider.Begin(writes: false, cancellation);
        await using var records = new Records(begun.Connection, begun.Transaction, time, writes: false);
        return await work(records);
    }

    private async Task<T> WriteAlone<T>(Func<Records, Task<T>> work, CancellationToken cancellation)
    {
        await using var begun = await provider.Begin(writes: true, cancellation);
        await using var records = new Records(begun.Connection, begun.Transaction, time, writes: true);

        var result = await work(records);
        if (records.Registry.EventsSaved == 0 || records.HasChanges)
        {
            throw new InvalidOperationException("No change without its audit event: the transaction saved none, or left changes unsaved.");
        }

        await Commit(begun.Transaction, records, cancellation);
        return result;
    }

    /// <summary>The moment from which a change is true. Tests let the process die right before and right after it.</summary>
    /// <param name="transaction">With everything in it.</param>
    /// <param name="records">What was changed.</param>
    /// <param name="cancellation">Gives up.</param>
    protected virtual Task Commit(DbTransaction transaction, Records records, CancellationToken cancellation) => transaction.CommitAsync(cancellation);

    /// <summary>What is wrong with a connection string, in words that repeat nothing of it; null where it can be read.</summary>
    public static string? FindFault(string connectionString)
    {
        try
        {
            _ = ProviderOf(connectionString);
            return null;
        }
        catch (ArgumentException)
        {
            return HowToConnect;
        }
    }

    /// <summary>Whether a connection string that can be read has a password in it: it does not belong where others see it.</summary>
    public static bool HasPassword(string connectionString) =>
        IsThere(new DbConnectionStringBuilder { ConnectionString = connectionString }, "Password", "Pwd", "Psw", "SSL Password");

    private static IDatabaseProvider ProviderOf(string connectionString)
    {
        try
        {
            var settings = new DbConnectionStringBuilder { ConnectionString = connectionString };
            return IsThere(settings, "Host", "Server") ? new PostgresProvider(connectionString)
                : IsThere(settings, "Data Source", "DataSource", "Filename") ? new SqliteProvider(connectionString)
                : throw new ArgumentException(HowToConnect, nameof(connectionString));
        }
#pragma warning disable MA0054 // The cause would repeat a part of the string, perhaps of the password.
        catch (ArgumentException)
        {
            throw new ArgumentException(HowToConnect, nameof(connectionString));
        }
#pragma warning restore MA0054
    }

    private static bool IsThere(DbConnectionStringBuilder settings, params string[] names) => Array.Exists(names, settings.ContainsKey);
}
