using Evercard.Cards.Piv.Objects;
using Evercard.Lifecycle.Keys;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Greeting;

/// <summary>What is known of a card before any passcode is asked for.</summary>
public abstract record CardGreeting
{
    /// <param name="SmartcardId">GUID of the CHUID.</param>
    /// <param name="HolderName">Cardholder.</param>
    /// <param name="SerialNumber">Printed on the card.</param>
    /// <param name="NotAfter">Expiry of the certificates; null where there is none.</param>
    /// <param name="Unfinished">An act that waits to be finished: "Finish your renewal".</param>
    /// <param name="StoppedOn">Name of the computer where it stopped.</param>
    /// <param name="StoppedAt">When.</param>
    public sealed record Known(
        Guid SmartcardId, string HolderName, string SerialNumber, DateTimeOffset? NotAfter, Refusal? Unfinished, string? StoppedOn, DateTimeOffset? StoppedAt)
        : CardGreeting;

    public sealed record Refused(Refusal Refusal) : CardGreeting;
}

/// <summary>Tells whose card it is from its CHUID alone: a hint, which 9B and a proof confirm later. Burns no try.</summary>
public sealed class CardGreetings(Database database, LifecycleOptions options, TimeProvider time)
{
    /// <param name="hasPivApplication">SELECT was answered.</param>
    /// <param name="chuid">Contents of the CHUID object; empty where absent.</param>
    /// <param name="triesLeft">Passcode tries left as the card told them; null where it did not.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public Task<CardGreeting> Greet(bool hasPivApplication, ReadOnlyMemory<byte> chuid, int? triesLeft, CancellationToken cancellation)
    {
        CardGreeting No(Refusal refusal) => new CardGreeting.Refused(refusal);
        if (!hasPivApplication)
        {
            return Task.FromResult(No(Refusals.CardUnknown()));
        }

        if (chuid.IsEmpty)
        {
            return Task.FromResult(No(Refusals.CardBlank()));
        }

        if (!Chuid.TryDecode(chuid, out var read))
        {
            return Task.FromResult(No(Refusals.CardUnreadable()));
        }

        return database.Read<CardGreeting>(
            async records =>
            {
                var registry = records.Registry;
                var card = await registry.Smartcards.SingleOrDefaultAsync(c => c.Id == read.CardUuid, cancellation);
                if (card is null || !chuid.Span.SequenceEqual(card.Chuid))
                {
                    return new CardGreeting.Refused(Refusals.CardUnknown());
                }

                if (card.Status == SmartcardStatus.Cancelled)
                {
                    return new CardGreeting.Refused(Refusals.CardCancelled(card, options.TimeZone));
                }

                var holder = await registry.People.SingleAsync(p => p.Uuid == card.PersonUuid, cancellation);
                var notAfter = await registry.Credentials
                    .Where(c => c.SmartcardId == card.Id && c.Status == CredentialStatus.Current)
                    .MinAsync(c => (DateTimeOffset?)c.NotAfter, cancellation);
                var expired = notAfter < time.GetUtcNow();
                if (triesLeft == 0)
                {
                    return new CardGreeting.Refused(expired ? Refusals.LockedAndExpired() : Refusals.CardLocked(card));
                }

                var open = await registry.Operations.SingleOrDefaultAsync(
                    o => o.SmartcardId == card.Id && (o.State == OperationState.Open || o.State == OperationState.Waiting), cancellation);
                var late = expired && open is { Act: Act.Renewal } && open.FinishBy < time.GetUtcNow();
                var begun = open is not null && !late && await registry.IsBegun(open.Id, cancellation);
                var unfinished = !begun ? null : open!.Act switch
                {
                    Act.Renewal => Refusals.RenewalUnfinished(open.ComputerName, open.TouchedAt, options.TimeZone, open.Reference),
                    Act.Repair => Refusals.RepairUnfinished(open.TouchedAt, options.TimeZone, open.Reference),
                    _ => Refusals.IssuanceUnfinished(open.Reference),
                };
                return new CardGreeting.Known(card.Id, holder.FullName, card.SerialNumber, notAfter, unfinished, begun ? open!.ComputerName : null, begun ? open!.TouchedAt : null);
            },
            cancellation);
    }
}
