using Evercard.Lifecycle.AtDesk;
using Evercard.Registry.Journal;

namespace Evercard.Lifecycle.Unlock;

/// <summary>
/// Which card may get another passcode without the old one, besides what holds for every act at a desk: a pure function. One that has
/// expired, or whose repair was cut, gets it from its repair. A renewal that was cut hinders nothing: it needs the passcode.
/// </summary>
public static class UnlockPolicy
{
    /// <returns>Null where it may.</returns>
    public static Refusal? Refuse(DeskFacts facts, LifecycleOptions options) => facts switch
    {
        { Unfinished: { Act: Act.Repair } cut } => Refusals.RepairUnfinished(cut.TouchedAt, options.TimeZone, cut.Reference),
        { NotAfter: null } => Refusals.RepairNeeded(null),
        { NotAfter: { } end } when end < facts.Now => Refusals.CardExpired(end, options.TimeZone),
        _ => null,
    };
}
