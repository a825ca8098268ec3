using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.ManageSmartcard;

/// <summary>What kind of card lies in the second reader: decides what can be done with it.</summary>
public enum ManagedCardState
{
    /// <summary>Valid, and renewal is not offered yet.</summary>
    Valid,

    /// <summary>In the renewal window.</summary>
    Due,

    /// <summary>Its certificates have ended, or it has none.</summary>
    Expired,
    Locked,
    LockedAndExpired,
    RenewalUnfinished,
    RepairUnfinished,
    Cancelled,

    /// <summary>Its issuance was cut: on the books, and nobody's to use.</summary>
    NeverFinished,
    Blank,

    /// <summary>Another issuer's.</summary>
    Unknown,
}

/// <summary>What the state depends on.</summary>
/// <param name="Status">On the books.</param>
/// <param name="NotAfter">End of its certificates; null where it has none.</param>
/// <param name="IsLocked">The card said so.</param>
/// <param name="Begun">An act that was begun and not finished; null where there is none.</param>
/// <param name="Now">The server's clock.</param>
public sealed record ManagedCardFacts(SmartcardStatus Status, DateTimeOffset? NotAfter, bool IsLocked, Operation? Begun, DateTimeOffset Now);

/// <summary>A pure function.</summary>
public static class ManagedCardStates
{
    public static ManagedCardState Of(ManagedCardFacts facts, LifecycleOptions options)
    {
        var expired = facts.NotAfter is not { } end || end < facts.Now;
        return facts switch
        {
            { Status: SmartcardStatus.Cancelled } => ManagedCardState.Cancelled,
            { Status: SmartcardStatus.Issuing } or { Begun.Act: Act.Issuance } => ManagedCardState.NeverFinished,

            // Before the lock: finishing a repair sets a passcode anyway.
            { Begun.Act: Act.Repair } => ManagedCardState.RepairUnfinished,

            // Before the renewal: it asks for the passcode, which a locked card takes from nobody.
            { IsLocked: true } => expired ? ManagedCardState.LockedAndExpired : ManagedCardState.Locked,
            { Begun: { Act: Act.Renewal } begun } when !expired || begun.FinishBy >= facts.Now => ManagedCardState.RenewalUnfinished,
            _ when expired => ManagedCardState.Expired,
            _ => facts.Now >= Expiry.WindowOpens(facts.NotAfter!.Value, options.RenewalWindowDays, options.TimeZone) ? ManagedCardState.Due : ManagedCardState.Valid,
        };
    }
}
