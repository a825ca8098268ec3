using Evercard.Lifecycle.Repair;
using Evercard.Lifecycle.Roles;
using Evercard.Lifecycle.Unlock;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.AtDesk;

/// <summary>All that decides whether an operator may do something with another person's card now.</summary>
/// <param name="Act">Repair or Unlock.</param>
/// <param name="Now">The server's clock.</param>
/// <param name="Card">The card.</param>
/// <param name="Holder">Its cardholder.</param>
/// <param name="NotAfter">Expiry of the current certificates; null where there are none.</param>
/// <param name="OperatorUuid">Who asks.</param>
/// <param name="IsAllowed">The role that the operator chose has the permission.</param>
/// <param name="Computer">What the registration authority thinks of the computer.</param>
/// <param name="IsHere">The card is in a reader of this operator's own computer.</param>
/// <param name="Evidence">How the cardholder was known.</param>
/// <param name="Reason">Why a card is repaired that needs none, as the operator put it.</param>
/// <param name="Unfinished">An issuance, renewal or repair of this card that was begun; null where there is none.</param>
/// <param name="Same">The act itself, where it was begun before; null where it was not.</param>
/// <param name="NewerCard">Serial number of another card that the holder has in use, where this one is cancelled.</param>
public sealed record DeskFacts(
    Act Act,
    DateTimeOffset Now,
    Smartcard Card,
    Person Holder,
    DateTimeOffset? NotAfter,
    string OperatorUuid,
    bool IsAllowed,
    AgentStatus Computer,
    bool IsHere,
    IdentityEvidence Evidence,
    string? Reason,
    Operation? Unfinished,
    Operation? Same,
    string? NewerCard = null);

/// <summary>Who may do what with which card, where: a pure function. What holds for every act at a desk comes first, then the act's own rules.</summary>
public static class DeskPolicy
{
    /// <returns>Null where the act may begin, or go on.</returns>
    public static Refusal? Refuse(DeskFacts facts, LifecycleOptions options)
    {
        var zone = options.TimeZone;
        return facts switch
        {
            { Computer: AgentStatus.Quarantined } => Refusals.AgentQuarantined(null),
            { IsAllowed: false } => Refusals.PermissionNone(PermissionFor(facts.Act), null),
            { Computer: not AgentStatus.Approved } => Refusals.ComputerNotApproved(),
            { IsHere: false } => facts.Act == Act.Repair ? Refusals.RepairRemote() : Refusals.CardNotHere(),
            { Card.Status: SmartcardStatus.Cancelled } => Refusals.CardCancelled(facts.Card, facts.NewerCard, zone),
            { Card.Status: SmartcardStatus.Issuing } or { Unfinished.Act: Act.Issuance } => Refusals.IssuanceUnfinished(facts.Unfinished?.Reference ?? ""),
            { Holder.Status: PersonStatus.Closed } => Refusals.ProfileClosed(facts.Holder, zone),
            _ when facts.Holder.Uuid == facts.OperatorUuid => facts.Act == Act.Repair ? Refusals.RepairSelf() : Refusals.UnlockSelf(),
            { Evidence: IdentityEvidence.Unsure } => Refusals.IdentityUnsure(),
            { Evidence: IdentityEvidence.Photograph, Holder.Photograph: null } => Refusals.NoPhotograph(),
            { Card.WrappedPuk: null, Card.WrappedNextPuk: null } => Refusals.PukUnknown(),
            { Same: { } stopped } when IsStopped(stopped, facts.Now, options) => Refusals.RetryStop(stopped.Reference),
            { Act: Act.Repair } => RepairPolicy.Refuse(facts, options),
            _ => UnlockPolicy.Refuse(facts, options),
        };
    }

    /// <summary>It failed twice, and not long enough ago that somebody has looked after the cause.</summary>
    public static bool IsStopped(Operation operation, DateTimeOffset now, LifecycleOptions options) =>
        operation.Failures >= Operation.MostFailures && now < operation.TouchedAt + options.RepairStopsFor;

    public static RolePermission PermissionFor(Act act) => act == Act.Repair ? RolePermission.Repair : RolePermission.Unlock;
}
