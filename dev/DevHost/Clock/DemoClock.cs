namespace Evercard.DevHost.Clock;

/// <summary>A clock that can be set forward and back. It goes on at the usual pace; timers and time measuring stay real.</summary>
/// <param name="real">What it is set against; null: the system's clock.</param>
public sealed class DemoClock(TimeProvider? real = null) : TimeProvider
{
    private readonly TimeProvider real = real ?? System;
    private long offset;

    /// <summary>How far it is ahead of the real clock; negative where it is behind.</summary>
    public TimeSpan Offset => new(Interlocked.Read(ref offset));

    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    public override long TimestampFrequency => real.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Offset;

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets it forward, or back where <paramref name="by"/> is negative.</summary>
    public void MoveBy(TimeSpan by) => Interlocked.Add(ref offset, by.Ticks);

    /// <summary>Sets it so that it is now this time.</summary>
    public void MoveTo(DateTimeOffset moment) => Interlocked.Exchange(ref offset, (moment - real.GetUtcNow()).Ticks);

    /// <summary>Sets it right.</summary>
    public void BackToNow() => Interlocked.Exchange(ref offset, 0);
}
