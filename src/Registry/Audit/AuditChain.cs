namespace Evercard.Registry.Audit;

/// <summary>The last event of a trail at some time, to be remembered somewhere else than in this database.</summary>
/// <param name="Sequence">Its place: how many events there were.</param>
/// <param name="Hash">Its hash, 32 bytes.</param>
public sealed record AuditHead(long Sequence, ReadOnlyMemory<byte> Hash);

/// <summary>Why a trail does not hold.</summary>
public enum AuditFault
{
    /// <summary>Another sequence number was due: events are missing or stand in another order.</summary>
    OutOfSequence,

    /// <summary>It does not name the hash of the event before it.</summary>
    NotLinked,

    /// <summary>Its fields do not give its hash.</summary>
    Changed,

    /// <summary>The trail holds in itself and is not the one that was remembered.</summary>
    Rewritten,

    /// <summary>The remembered event and perhaps others before it are missing at the end.</summary>
    CutShort,
}

/// <summary>What <see cref="AuditChain"/> found.</summary>
public abstract record AuditFinding
{
    private AuditFinding()
    {
    }

    /// <summary>Every link holds.</summary>
    /// <param name="Head">The last event, worth remembering; null for an empty trail.</param>
    public sealed record Whole(AuditHead? Head) : AuditFinding;

    /// <summary>The first link that does not hold.</summary>
    /// <param name="Sequence">Place in the trail, from 1.</param>
    public sealed record Broken(long Sequence, AuditFault Fault) : AuditFinding;
}

/// <summary>Checks a whole audit trail.</summary>
/// <remarks>
/// By itself a trail shows a change, an event missing in the middle, and another order. It cannot show that its newest events are missing,
/// or that somebody wrote all of it anew: only a head remembered elsewhere (on paper, in another system) shows that.
/// </remarks>
public static class AuditChain
{
    /// <param name="events">All events in the order of their sequence numbers.</param>
    /// <param name="remembered">A head from an earlier check; null when there is none.</param>
    public static AuditFinding Verify(IEnumerable<AuditEvent> events, AuditHead? remembered = null)
    {
        var check = new Check(remembered);
        return events.Select(check.Next).FirstOrDefault(broken => broken is not null) ?? check.End();
    }

    /// <inheritdoc cref="Verify(IEnumerable{AuditEvent}, AuditHead?)"/>
    public static Task<AuditFinding> Verify(IAsyncEnumerable<AuditEvent> events, AuditHead? remembered, CancellationToken ct) =>
        VerifyAfter(null, events, remembered, ct);

    /// <summary>The same for the events after one that is known: a part of the trail, up to its end.</summary>
    /// <param name="known">The event before the first of <paramref name="events"/>; null: they are all.</param>
    /// <param name="events">In the order of their sequence numbers.</param>
    /// <param name="remembered">A head from an earlier check; null when there is none.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<AuditFinding> VerifyAfter(AuditHead? known, IAsyncEnumerable<AuditEvent> events, AuditHead? remembered, CancellationToken ct)
    {
        var check = new Check(remembered, known);
        await foreach (var what in events.WithCancellation(ct))
        {
            if (check.Next(what) is { } broken)
            {
                return broken;
            }
        }

        return check.End();
    }

    private sealed class Check(AuditHead? remembered, AuditHead? known = null)
    {
        private AuditHead _last = known ?? new(0, AuditHash.Start);

        public AuditFinding.Broken? Next(AuditEvent what)
        {
            var due = _last.Sequence + 1;
            if (FaultOf(what, due) is { } fault)
            {
                return new AuditFinding.Broken(due, fault);
            }

            _last = new AuditHead(due, what.Hash);
            return null;
        }

        public AuditFinding End() =>
            remembered?.Sequence > _last.Sequence ? new AuditFinding.Broken(_last.Sequence + 1, AuditFault.CutShort)
            : new AuditFinding.Whole(_last.Sequence == 0 ? null : _last);

        private AuditFault? FaultOf(AuditEvent what, long due)
        {
            if (what.Sequence != due)
            {
                return AuditFault.OutOfSequence;
            }

            if (!_last.Hash.Span.SequenceEqual(what.PreviousHash))
            {
                return AuditFault.NotLinked;
            }

            if (!AuditHash.Of(what).AsSpan().SequenceEqual(what.Hash))
            {
                return AuditFault.Changed;
            }

            return remembered?.Sequence == due && !remembered.Hash.Span.SequenceEqual(what.Hash) ? AuditFault.Rewritten : null;
        }
    }
}
