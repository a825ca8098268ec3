using System.Data.Common;

namespace Evercard.Lifecycle.Storage;

/// <summary>What differs between the databases: how one transaction begins. What is in it is the same for all.</summary>
internal interface IDatabaseProvider
{
    /// <summary>
    /// A transaction on a connection of its own. One that writes is the only one that does, from its first statement to its end, on all
    /// nodes: what it reads is still true when it commits. One that only reads sees one state, and the database refuses its writes.
    /// </summary>
    /// <exception cref="DbException">The database cannot be reached, or another writer did not come to its end within <see cref="DatabaseLimits.Wait"/>.</exception>
    Task<Begun> Begin(bool writes, CancellationToken cancellation);

    /// <summary>A connection on which the tables may be made or changed, by nobody else at the same time.</summary>
    Task<DbConnection> OpenForMigration(CancellationToken cancellation);
}

internal static class DatabaseLimits
{
    /// <summary>How long a writer waits for the one before it.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);
}

/// <summary>A transaction, with the connection that it alone uses.</summary>
internal sealed record Begun(DbConnection Connection, DbTransaction Transaction) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
