namespace Evercard.DevHost.Clock;

/// <summary>Another present than this computer's, for pictures that always show the same day. Timers and time measuring stay real.</summary>
/// <param name="ahead">How far it is ahead of the system's clock; negative where it is behind.</param>
public sealed class ShiftedTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
