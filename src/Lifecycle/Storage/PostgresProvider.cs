using System.Data;
using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace Evercard.Lifecycle.Storage;

/// <summary>A PostgreSQL server that any number of nodes share.</summary>
internal sealed class PostgresProvider(string connectionString, TimeSpan? waitAtMost = null) : IDatabaseProvider
{
    /// <summary>"Evercard" in ASCII: the advisory lock of whoever writes. Locks of this kind belong to one database.</summary>
    private const long Writer = 0x4576657263617264;

    private const string PoolSize = "Maximum Pool Size";

    /// <summary>Connections of one node, where the connection string names no number: two nodes fit into the 100 that a server allows by itself.</summary>
    private const int AtMost = 40;

    private readonly TimeSpan wait = waitAtMost ?? DatabaseLimits.Wait;
    private readonly string connectionString = Build(connectionString);

    /// <summary>
    /// One round trip. What waits for a lock, waits for a bounded time; and the server gives up a writer of which it has heard nothing for twice as
    /// long: a node that lost its power holds nobody up.
    /// </summary>
    private string BeginWriting =>
        $"SET LOCAL lock_timeout = {Milliseconds(wait)}; SET LOCAL idle_in_transaction_session_timeout = {Milliseconds(2 * wait)}; SELECT pg_advisory_xact_lock({Writer})";

    public async Task<Begun> Begin(bool writes, CancellationToken cancellation)
    {
        try
        {
            return await BeginOnce(writes, cancellation);
        }
        catch (DbException e) when (IsLost(e))
        {
            // A pooled connection that died while nobody used it. Nothing was done on it; the others in the pool are of its age.
            await using (var any = new NpgsqlConnection(connectionString))
            {
                NpgsqlConnection.ClearPool(any);
            }

            return await BeginOnce(writes, cancellation);
        }
    }

    public async Task<DbConnection> OpenForMigration(CancellationToken cancellation)
    {
        // Not from the pool: its lock goes when it is closed.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        try
        {
            await connection.OpenAsync(cancellation);
            await Execute(connection, $"SET lock_timeout = {Milliseconds(wait)}; SELECT pg_advisory_lock({Writer})", cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<Begun> BeginOnce(bool writes, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(connectionString);
        NpgsqlTransaction? transaction = null;
        try
        {
            await connection.OpenAsync(cancellation);

            // A writer sees what was committed when each of its statements begins. As all others wait for its lock, that is one state, and the
            // newest: a snapshot of the whole transaction would be older than the lock.
            transaction = await connection.BeginTransactionAsync(writes ? IsolationLevel.ReadCommitted : IsolationLevel.RepeatableRead, cancellation);
            await Execute(connection, writes ? BeginWriting : "SET TRANSACTION READ ONLY", cancellation);
            return new Begun(connection, transaction);
        }
        catch
        {
            if (transaction is not null)
            {
                await transaction.DisposeAsync();
            }

            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection broke, or the server ended it; not: the server cannot be reached at all, or answered that it will not.</summary>
    private static bool IsLost(DbException e) =>
        e.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.IdleSessionTimeout
        || e is NpgsqlException { InnerException: IOException };

    private static string Milliseconds(TimeSpan span) => ((long)span.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    private async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // No word of it comes from outside.
        command.CommandText = sql;
#pragma warning restore CA2100

        // The server gives up waiting first, and says so.
        command.CommandTimeout = 2 * (int)Math.Ceiling(wait.TotalSeconds);
        try
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new NpgsqlException($"Another writer has held the database for {wait.TotalSeconds:0.#} seconds.", e);
        }
    }

    private static string Build(string text)
    {
        var settings = new NpgsqlConnectionStringBuilder(text);
        settings.ApplicationName ??= "Evercard";
        if (!settings.ShouldSerialize(PoolSize))
        {
            settings.MaxPoolSize = AtMost;
        }

        return settings.ToString();
    }
}
