using System.Data.Common;
using Evercard.Lifecycle;

namespace Evercard.Tests.Support;

/// <summary>One node's way to a database that says when something was committed over it.</summary>
public sealed class TellingDatabase(string connectionString, TimeProvider time) : Database(connectionString, time)
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);
    private TaskCompletionSource committed = New();

    /// <summary>Returns once something is so; asked anew after each commit of this node.</summary>
    /// <exception cref="TimeoutException">Nothing was committed within 30 seconds.</exception>
    public async Task Until(Func<Task<bool>> isSo)
    {
        while (true)
        {
            // Before it is asked: a commit in between is not missed.
            var next = Volatile.Read(ref committed).Task;
            if (await isSo())
            {
                return;
            }

            await next.WaitAsync(AtMost);
        }
    }

    protected override async Task Commit(DbTransaction transaction, Records records, CancellationToken cancellation)
    {
        await base.Commit(transaction, records, cancellation);
        Interlocked.Exchange(ref committed, New()).TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
