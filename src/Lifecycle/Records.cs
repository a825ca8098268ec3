using System.Data.Common;
using Evercard.Authority.Storage;
using Evercard.Registry;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle;

/// <summary>Both contexts over one connection, in one transaction. The authority's is opened when it is first asked for: most acts do not.</summary>
public sealed class Records : IAsyncDisposable
{
    private readonly DbConnection connection;
    private readonly DbTransaction transaction;
    private readonly QueryTrackingBehavior tracking;
    private AuthorityContext? authority;

    internal Records(DbConnection connection, DbTransaction transaction, TimeProvider time, bool writes)
    {
        (this.connection, this.transaction) = (connection, transaction);
        tracking = writes ? QueryTrackingBehavior.TrackAll : QueryTrackingBehavior.NoTracking;
        Registry = RegistryContext.Over(connection, time);
        Registry.Database.UseTransaction(transaction);
        Registry.ChangeTracker.QueryTrackingBehavior = tracking;
    }

    public RegistryContext Registry { get; }

    public AuthorityContext Authority => authority ??= OpenAuthority();

    /// <summary>Something was changed and not saved.</summary>
    internal bool HasChanges => Registry.ChangeTracker.HasChanges() || authority?.ChangeTracker.HasChanges() == true;

    public async ValueTask DisposeAsync()
    {
        if (authority is not null)
        {
            await authority.DisposeAsync();
        }

        await Registry.DisposeAsync();
    }

    private AuthorityContext OpenAuthority()
    {
        var opened = AuthorityContext.Over(connection);
        opened.Database.UseTransaction(transaction);
        opened.ChangeTracker.QueryTrackingBehavior = tracking;
        return opened;
    }
}
