using System.Data.Common;
using Evercard.Lifecycle;
using Evercard.Registry.Help;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.Notices;

/// <summary>The service notices of the moment. Every page asks, so they are read once in a few seconds, and no page waits for another one's reading.</summary>
internal sealed partial class NoticeBoard(Database database, TimeProvider time, ILogger<NoticeBoard> log)
{
    /// <summary>How old they may be.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    private volatile Board board = new(DateTimeOffset.MinValue, []);
    private int reading;

    /// <returns>Their texts, the newest first.</returns>
    public async ValueTask<IReadOnlyList<string>> For(bool loggedIn)
    {
        var now = time.GetUtcNow();

        // A clock may be set back: then they are read too.
        if ((now - board.ReadAt).Duration() > GoodFor && Interlocked.CompareExchange(ref reading, 1, 0) == 0)
        {
            try
            {
                board = new Board(now, await Read(now));
            }
            catch (DbException e)
            {
                // The page that tells of the fault is a page too: it shows the notices as they were.
                board = board with { ReadAt = now };
                NotRead(log, e);
            }
            finally
            {
                Volatile.Write(ref reading, 0);
            }
        }

        var shown = board.Notices;
        return shown.Count == 0 ? [] : [.. shown.Where(notice => notice.IsFor(now, loggedIn)).Select(notice => notice.Text)];
    }

    private Task<List<ServiceNotice>> Read(DateTimeOffset now)
    {
        var soon = now + GoodFor;
        return database.Read(
            r => r.Registry.ServiceNotices.Where(n => n.StartsAt <= soon && (n.EndsAt == null || n.EndsAt > now)).OrderByDescending(n => n.Id).ToListAsync(), CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The service notices could not be read.")]
    private static partial void NotRead(ILogger log, Exception e);

    private sealed record Board(DateTimeOffset ReadAt, IReadOnlyList<ServiceNotice> Notices);
}
