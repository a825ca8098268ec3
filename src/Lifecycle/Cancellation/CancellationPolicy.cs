using Evercard.Lifecycle.Roles;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Cancellation;

/// <summary>All that decides whether an operator may cancel a card now. Where the card lies is no part of it: a lost one lies nowhere.</summary>
/// <param name="Card">The card.</param>
/// <param name="OperatorUuid">Who asks.</param>
/// <param name="MayCancel">The role that the operator chose has the permission.</param>
/// <param name="Unfinished">An act of this card that was begun; null where there is none.</param>
/// <param name="NewerCard">Serial number of another card that the holder has in use, where this one is cancelled.</param>
public sealed record CancellationFacts(Smartcard Card, string OperatorUuid, bool MayCancel, Operation? Unfinished, string? NewerCard = null);

/// <summary>Who may cancel which card: a pure function.</summary>
public static class CancellationPolicy
{
    /// <returns>Null where the card may be cancelled.</returns>
    public static Refusal? Refuse(CancellationFacts facts, LifecycleOptions options) => facts switch
    {
        { MayCancel: false } => Refusals.PermissionNone(RolePermission.Cancel, null),
        { Card.Status: SmartcardStatus.Cancelled } => Refusals.CardCancelled(facts.Card, facts.NewerCard, options.TimeZone),

        // It is nobody's yet, and whoever issues it finishes it or begins anew.
        { Card.Status: SmartcardStatus.Issuing } or { Unfinished.Act: Act.Issuance } => Refusals.IssuanceUnfinished(facts.Unfinished?.Reference ?? ""),
        _ => facts.Card.PersonUuid == facts.OperatorUuid ? Refusals.CancelSelf() : null,
    };
}
