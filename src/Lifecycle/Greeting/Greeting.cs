using Evercard.Cards.Piv.Objects;
using Evercard.Lifecycle.Contacts;
using Evercard.Lifecycle.Keys;
using Evercard.Registry;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
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
    /// <param name="Help">Who goes on with an unfinished act, otherwise who unlocks for whoever forgot the passcode: one a line; null where nobody is on record.</param>
    public sealed record Known(
        Guid SmartcardId, string HolderName, string SerialNumber, DateTimeOffset? NotAfter, Refusal? Unfinished, string? StoppedOn, DateTimeOffset? StoppedAt, string? Help)
        : CardGreeting;

    /// <param name="Refusal">Why it is good for nothing now.</param>
    /// <param name="SmartcardId">The card, where this very CHUID is on the books.</param>
    public sealed record Refused(Refusal Refusal, Guid? SmartcardId = null) : CardGreeting;
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
                return card is null || !chuid.Span.SequenceEqual(card.Chuid)
                    ? No(Refusals.CardUnknown())
                    : await Of(registry, card, isLocked: triesLeft == 0, cancellation) switch
                    {
                        CardGreeting.Refused no => new CardGreeting.Refused(await no.Refusal.WithHelp(registry, card.PersonUuid, cancellation), card.Id),
                        var known => known,
                    };
            },
            cancellation);
    }

    /// <summary>What would be refused after the passcode is refused before it: nobody types one for nothing.</summary>
    private async Task<CardGreeting> Of(RegistryContext registry, Smartcard card, bool isLocked, CancellationToken cancellation)
    {
        CardGreeting No(Refusal refusal) => new CardGreeting.Refused(refusal);
        if (card.Status == SmartcardStatus.Cancelled)
        {
            return No(Refusals.CardCancelled(card, await NewerCard.Of(registry, card, cancellation), options.TimeZone));
        }

        var holder = await registry.People.SingleAsync(p => p.Uuid == card.PersonUuid, cancellation);
        if (holder.Status == PersonStatus.Closed)
        {
            return No(Refusals.ProfileClosed(holder, options.TimeZone));
        }

        var now = time.GetUtcNow();
        var notAfter = await registry.Credentials
            .Where(c => c.SmartcardId == card.Id && c.Status == CredentialStatus.Current)
            .MinAsync(c => (DateTimeOffset?)c.NotAfter, cancellation);
        var expired = notAfter < now;
        if (isLocked)
        {
            return No(expired ? Refusals.LockedAndExpired() : Refusals.CardLocked(card));
        }

        var open = await registry.Unfinished(card.Id, cancellation);
        var begun = open is not null && await registry.IsBegun(open.Id, cancellation) ? open : null;
        if (expired && (begun is null || (begun.Act == Act.Renewal && begun.FinishBy < now)))
        {
            return No(begun is null ? Refusals.CardExpired(notAfter!.Value, options.TimeZone) : Refusals.RenewalTooLate(begun.Reference));
        }

        var unfinished = begun switch
        {
            null => null,
            { Act: Act.Renewal } => Refusals.RenewalUnfinished(begun.ComputerName, begun.TouchedAt, options.TimeZone, begun.Reference),
            { Act: Act.Repair } => Refusals.RepairUnfinished(begun.TouchedAt, options.TimeZone, begun.Reference),
            _ => Refusals.IssuanceUnfinished(begun.Reference),
        };
        var helper = (unfinished is null ? null : Contacts.Contacts.For(unfinished.Code)) ?? Contact.Unlockers;
        var help = await Contacts.Contacts.Of(registry, card.PersonUuid, helper, cancellation);
        return new CardGreeting.Known(card.Id, holder.FullName, card.SerialNumber, notAfter, unfinished, begun?.ComputerName, begun?.TouchedAt, help);
    }
}
