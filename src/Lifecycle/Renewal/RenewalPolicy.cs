using Evercard.Registry.People;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Renewal;

/// <summary>All that decides whether a cardholder may begin a renewal now.</summary>
/// <param name="Now">The server's clock.</param>
/// <param name="Card">The card in the reader.</param>
/// <param name="Holder">Its cardholder.</param>
/// <param name="AskedBy">UUID of the person who is logged in.</param>
/// <param name="AskedByName">That person's name.</param>
/// <param name="NotAfter">Expiry of the current certificates.</param>
/// <param name="Locked">The card said that its passcode is blocked.</param>
/// <param name="RenewedAt">When the last renewal of this card ended, if that was during this session; with the computer's name.</param>
/// <param name="NewerCard">Serial number of another card that the holder has in use, where this one is cancelled.</param>
public sealed record RenewalFacts(
    DateTimeOffset Now,
    Smartcard Card,
    Person Holder,
    string AskedBy,
    string AskedByName,
    DateTimeOffset NotAfter,
    bool Locked = false,
    (DateTimeOffset At, string ComputerName)? RenewedAt = null,
    string? NewerCard = null);

/// <summary>Window, expiry, lock, status, owner: a pure function.</summary>
public static class RenewalPolicy
{
    /// <returns>Null where the renewal may begin.</returns>
    public static Refusal? Refuse(RenewalFacts facts, LifecycleOptions options)
    {
        var zone = options.TimeZone;
        if (facts.Card.Status == SmartcardStatus.Cancelled)
        {
            return Refusals.CardCancelled(facts.Card, facts.NewerCard, zone);
        }

        if (facts.Holder.Status == PersonStatus.Closed)
        {
            return Refusals.ProfileClosed(facts.Holder, zone);
        }

        if (facts.Holder.Uuid != facts.AskedBy)
        {
            return Refusals.CardNotYours(facts.Holder.FullName, facts.AskedByName);
        }

        if (facts.Now > facts.NotAfter)
        {
            return facts.Locked ? Refusals.LockedAndExpired() : Refusals.RenewExpired(facts.NotAfter, zone);
        }

        if (facts.Locked)
        {
            return Refusals.CardLocked(facts.Card);
        }

        var opens = Expiry.WindowOpens(facts.NotAfter, options.RenewalWindowDays, zone);
        if (facts.Now < opens)
        {
            return facts.RenewedAt is { } renewed
                ? Refusals.RenewedElsewhere(renewed.At, renewed.ComputerName, facts.NotAfter, zone)
                : Refusals.RenewEarly(opens, facts.NotAfter, zone);
        }

        return Expiry.DaysLeft(facts.NotAfter, facts.Card.ExpiresAt, zone) <= 0 ? Refusals.CardEnds(facts.Card.ExpiresAt, zone) : null;
    }
}
