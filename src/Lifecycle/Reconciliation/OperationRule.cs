using Evercard.Authority.Issuing;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>All that decides what is to be done about an operation.</summary>
/// <param name="Act">What is done.</param>
/// <param name="State">How far it is.</param>
/// <param name="IsBegun">A key was at least intended, and the intent was not shown to have come to nothing.</param>
/// <param name="TouchedAt">When a server last worked on it.</param>
/// <param name="FinishBy">Its last day.</param>
/// <param name="NotAfter">The first end of the card's certificates that count; null where it has none.</param>
/// <param name="Card">Status of the card.</param>
/// <param name="Holder">Status of its cardholder.</param>
/// <param name="Reference">EV-XXXX-XX.</param>
/// <param name="Computer">Where it was worked on last.</param>
/// <param name="IsHalfway">One key may have been replaced on the card, and its certificate was not proven there.</param>
/// <param name="Liar">Name of a computer that handed in a key for it and is quarantined; null where none is.</param>
public sealed record OperationFacts(
    Act Act,
    OperationState State,
    bool IsBegun,
    DateTimeOffset TouchedAt,
    DateTimeOffset FinishBy,
    DateTimeOffset? NotAfter,
    SmartcardStatus Card,
    PersonStatus Holder,
    string Reference,
    string Computer,
    bool IsHalfway = false,
    string? Liar = null)
{
    /// <summary>Until when it can be finished. A card that has not expired is renewed at any time: FinishBy limits what an expired one may do.</summary>
    public DateTimeOffset CanBeFinishedUntil => Act == Act.Renewal && NotAfter > FinishBy ? NotAfter.Value : FinishBy;
}

/// <summary>Operations that nobody finishes: a pure function. Whoever may finish one by its last day still can: until then nothing that was made for it is touched.</summary>
public static class OperationRule
{
    public static Remedy Of(OperationFacts facts, DateTimeOffset now, LifecycleOptions options)
    {
        var isLeft = facts.TouchedAt + options.AbandonUntouchedAfter < now;
        var isLate = facts.CanBeFinishedUntil < now;
        return facts switch
        {
            { State: not (OperationState.Open or OperationState.Waiting) } => Remedy.Nothing.AtAll,

            // A card that is being issued gets its secrets before its keys: it has a day, like one with keys.
            { IsBegun: false, Act: Act.Issuance } => isLeft && isLate ? new Remedy.Abort("it was not finished in time") : Remedy.Nothing.AtAll,
            { IsBegun: false } when !isLeft => Remedy.Nothing.AtAll,
            { IsBegun: false, Act: Act.Unlock } => new Remedy.Abort("it was not finished in time"),
            { IsBegun: false } => new Remedy.Abort("no key was touched in time"),

            // Whoever is at it in the very minute in which its time is over may still bring it to its end.
            { Card: SmartcardStatus.Cancelled } => isLeft ? GivenUp("the card is cancelled") : Remedy.Nothing.AtAll,
            _ when isLate => isLeft ? GivenUp("it was not finished before its last day") : Remedy.Nothing.AtAll,
            { State: OperationState.Open } when facts.TouchedAt + options.UnderWayFor > now => Remedy.Nothing.AtAll,
            _ => new Remedy.Show(Found(facts)),
        };
    }

    private static Remedy.VoidAndRevoke GivenUp(string because) => new(because, RevocationReason.CessationOfOperation);

    private static Finding Found(OperationFacts facts)
    {
        var kind = (facts.Holder, facts.Act) switch
        {
            (PersonStatus.Closed, _) => FindingKind.ProfileClosed,
            (_, Act.Repair) => FindingKind.RepairUnfinished,
            (_, Act.Issuance) => FindingKind.IssuanceUnfinished,
            _ => FindingKind.RenewalUnfinished,
        };
        return new Finding(kind, facts.TouchedAt)
        {
            Until = facts.CanBeFinishedUntil, Act = facts.Act, Reference = facts.Reference, Computer = facts.Computer, Liar = facts.Liar,
        };
    }
}
