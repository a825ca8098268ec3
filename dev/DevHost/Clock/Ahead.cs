namespace Evercard.DevHost.Clock;

public sealed class Ahead(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}
