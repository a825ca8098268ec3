using Evercard.Lifecycle.Roles;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Repair;

/// <summary>How the operator knew that the person is the cardholder.</summary>
public enum IdentityEvidence
{
    /// <summary>The photograph on the profile shows the person.</summary>
    Photograph,
    Passport,
    DrivingLicence,
    NationalIdentityCard,
    OtherPhotoId,

    /// <summary>The operator is not sure: nothing is done.</summary>
    Unsure,
}

/// <summary>All that decides whether an operator may repair a card now.</summary>
/// <param name="Now">The server's clock.</param>
/// <param name="Card">The card to be repaired.</param>
/// <param name="Holder">Its cardholder.</param>
/// <param name="NotAfter">Expiry of the current certificates; null where there are none.</param>
/// <param name="OperatorUuid">Who asks.</param>
/// <param name="MayRepair">The role that the operator chose has the permission.</param>
/// <param name="Computer">What the registration authority thinks of the computer.</param>
/// <param name="IsHere">The card is in a reader of this operator's own computer.</param>
/// <param name="Evidence">How the cardholder was known.</param>
/// <param name="Reason">Why a card is repaired that needs none, as the operator put it.</param>
/// <param name="Unfinished">An act of this card that was begun; null where there is none.</param>
/// <param name="NewerCard">Serial number of another card that the holder has in use, where this one is cancelled.</param>
public sealed record RepairFacts(
    DateTimeOffset Now,
    Smartcard Card,
    Person Holder,
    DateTimeOffset? NotAfter,
    string OperatorUuid,
    bool MayRepair,
    AgentStatus Computer,
    bool IsHere,
    IdentityEvidence Evidence,
    string? Reason,
    Operation? Unfinished,
    string? NewerCard = null);

/// <summary>Who may repair which card, where: a pure function.</summary>
public static class RepairPolicy
{
    /// <summary>The second try that ends with an error stops the repair.</summary>
    public const int MostFailures = 2;

    /// <returns>Null where the repair may begin, or go on.</returns>
    public static Refusal? Refuse(RepairFacts facts, LifecycleOptions options)
    {
        var zone = options.TimeZone;
        return facts switch
        {
            { Computer: AgentStatus.Quarantined } => Refusals.AgentQuarantined(null),
            { MayRepair: false } => Refusals.PermissionNone(RolePermission.Repair, null),
            { Computer: not AgentStatus.Approved } => Refusals.ComputerNotApproved(),
            { IsHere: false } => Refusals.RepairRemote(),
            { Card.Status: SmartcardStatus.Cancelled } => Refusals.CardCancelled(facts.Card, facts.NewerCard, zone),
            { Card.Status: SmartcardStatus.Issuing } or { Unfinished.Act: Act.Issuance } => Refusals.IssuanceUnfinished(facts.Unfinished?.Reference ?? ""),
            { Holder.Status: PersonStatus.Closed } => Refusals.ProfileClosed(facts.Holder, zone),
            _ when facts.Holder.Uuid == facts.OperatorUuid => Refusals.RepairSelf(),
            { Evidence: IdentityEvidence.Unsure } => Refusals.IdentityUnsure(),
            { Evidence: IdentityEvidence.Photograph, Holder.Photograph: null } => Refusals.NoPhotograph(),
            { Card.WrappedPuk: null, Card.WrappedNextPuk: null } => Refusals.PukUnknown(),
            { Unfinished: { Act: Act.Repair, Failures: >= MostFailures } stopped } when facts.Now < stopped.TouchedAt + options.RepairStopsFor =>
                Refusals.RetryStop(stopped.Reference),
            _ when IsSound(facts, options) && string.IsNullOrWhiteSpace(facts.Reason) => Refusals.RepairReason(facts.NotAfter!.Value, zone),
            _ => Expiry.DaysLeft(facts.Now, facts.Card.ExpiresAt, zone) <= 0 ? Refusals.CardEnds(facts.Card.ExpiresAt, zone) : null,
        };
    }

    /// <summary>Nothing is known to be wrong with it: not expired, not due, nothing unfinished.</summary>
    private static bool IsSound(RepairFacts facts, LifecycleOptions options) =>
        facts.Unfinished is null && facts.NotAfter is { } end && facts.Now < Expiry.WindowOpens(end, options.RenewalWindowDays, options.TimeZone);
}
