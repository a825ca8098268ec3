using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.History;

/// <summary>What was found when the audit trail was checked.</summary>
/// <param name="First">Sequence number of the first event that was looked at.</param>
/// <param name="Last">Of the last one.</param>
/// <param name="Broken">The first link that does not hold; null where all hold.</param>
/// <param name="At">When all of them were looked at.</param>
public sealed record TrailState(long First, long Last, AuditFinding.Broken? Broken, DateTimeOffset At);

/// <summary>
/// Checks the hash chain for pages that show events, with the check of `evercard audit verify`. All of it once in an hour; in between what
/// has been added since, and that the last event of before is still what it was.
/// </summary>
public sealed class TrailCheck(Database database, TimeProvider time) : IDisposable
{
    /// <summary>A page must not wait for a trail of many years: of a longer one the newest part is checked, and the page says from where.</summary>
    public const int MostEvents = 100_000;

    private static readonly TimeSpan AllAgainAfter = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim one = new(1, 1);
    private TrailState? last;
    private AuditHead? head;

    public async Task<TrailState> Look(CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            var now = time.GetUtcNow();
            var isFresh = last is { Broken: null } && (now - last.At).Duration() < AllAgainAfter;
            var (state, newHead) = await database.Read(records => Check(records, isFresh, now, cancellation), cancellation);
            (last, head) = (state, newHead);
            return state;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<(TrailState State, AuditHead? Head)> Check(Records records, bool isFresh, DateTimeOffset now, CancellationToken cancellation)
    {
        var events = records.Registry.AuditEvents;
        var end = await events.MaxAsync(e => (long?)e.Sequence, cancellation) ?? 0;
        AuditHead? known = null;
        var (first, at) = (1L, now);
        if (isFresh && head is not null)
        {
            (known, first, at) = (head, last!.First, last.At);
            if (await HeadAt(head.Sequence) is not { } still || !still.Hash.Span.SequenceEqual(head.Hash.Span))
            {
                return (new TrailState(first, end, new AuditFinding.Broken(head.Sequence, end < head.Sequence ? AuditFault.CutShort : AuditFault.Rewritten), now), null);
            }
        }
        else if (end > MostEvents)
        {
            (known, first) = (await HeadAt(end - MostEvents), end - MostEvents + 1);
        }

        var after = known?.Sequence ?? 0;
        var finding = await AuditChain.VerifyAfter(known, events.Where(e => e.Sequence > after).OrderBy(e => e.Sequence).AsAsyncEnumerable(), null, cancellation);
        return finding is AuditFinding.Whole whole
            ? (new TrailState(first, whole.Head?.Sequence ?? 0, null, at), whole.Head)
            : (new TrailState(first, end, (AuditFinding.Broken)finding, now), null);

        async Task<AuditHead?> HeadAt(long sequence) =>
            await events.Where(e => e.Sequence == sequence).Select(e => e.Hash).SingleOrDefaultAsync(cancellation) is { } hash ? new AuditHead(sequence, hash) : null;
    }
}
