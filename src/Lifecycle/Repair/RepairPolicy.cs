using Evercard.Lifecycle.AtDesk;

namespace Evercard.Lifecycle.Repair;

/// <summary>Which card may be repaired, besides what holds for every act at a desk: a pure function.</summary>
public static class RepairPolicy
{
    /// <returns>Null where the repair may begin, or go on.</returns>
    public static Refusal? Refuse(DeskFacts facts, LifecycleOptions options) =>
        IsSound(facts, options) && string.IsNullOrWhiteSpace(facts.Reason) ? Refusals.RepairReason(facts.NotAfter!.Value, options.TimeZone)
        : Expiry.DaysLeft(facts.Now, facts.Card.ExpiresAt, options.TimeZone) <= 0 ? Refusals.CardEnds(facts.Card.ExpiresAt, options.TimeZone)
        : null;

    /// <summary>Nothing is known to be wrong with it: not expired, not due, nothing unfinished.</summary>
    private static bool IsSound(DeskFacts facts, LifecycleOptions options) =>
        facts.Unfinished is null && facts.NotAfter is { } end && facts.Now < Expiry.WindowOpens(end, options.RenewalWindowDays, options.TimeZone);
}
