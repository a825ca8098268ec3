using Evercard.Lifecycle.Keys;
using Evercard.Lifecycle.Roles;
using Evercard.Lifecycle.Greeting;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.ManageSmartcard;

/// <summary>A card in the second reader, and the person whose it is.</summary>
/// <param name="Card">The card.</param>
/// <param name="Holder">The cardholder.</param>
/// <param name="Organisation">The cardholder's home organisation.</param>
/// <param name="Jobs">The cardholder's roles.</param>
/// <param name="Certificates">The card's present credentials.</param>
/// <param name="Others">Other cards of the same person.</param>
/// <param name="Begun">An act on it that was begun and not finished; null where there is none.</param>
/// <param name="Newer">Serial number of the card that took its place, where it is cancelled.</param>
/// <param name="State">What kind of card it is now.</param>
/// <param name="LastDone">The act on it that was completed last; null where there is none on record.</param>
public sealed record ManagedCard(
    Smartcard Card, Person Holder, Organisation Organisation, IReadOnlyList<RoleAtWork> Jobs, IReadOnlyList<Credential> Certificates, IReadOnlyList<Smartcard> Others,
    Operation? Begun, string? Newer, ManagedCardState State, Operation? LastDone = null)
{
    /// <summary>When its certificates end; null where it has none.</summary>
    public DateTimeOffset? NotAfter => Certificates.Count == 0 ? null : Certificates.Min(one => one.NotAfter);

    /// <summary>A card of a closed profile can be cancelled, and nothing else.</summary>
    /// <returns>In words for whoever manages the card; null where the profile is open.</returns>
    public Refusal? Closed(LifecycleOptions options) => Holder.Status == PersonStatus.Closed
        ? Refusals.ProfileClosed(Holder, options.TimeZone) with { Detail = $"{Holder.FullName}'s profile was closed on {Expiry.InWords(Holder.ClosedAt ?? default, options.TimeZone)}." }
        : null;
}

/// <summary>Looks cards up for whoever manages them: nothing is opened and nothing is written.</summary>
public sealed class ManagedCards(Database database, LifecycleOptions options, TimeProvider time)
{
    /// <param name="smartcardId">The card.</param>
    /// <param name="isLocked">The card said so when it was put in.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>Null where it is not on the books.</returns>
    public Task<ManagedCard?> Find(Guid smartcardId, bool isLocked, CancellationToken cancellation) =>
        database.Read<ManagedCard?>(
            async records =>
            {
                var registry = records.Registry;
                if (await registry.Smartcards.SingleOrDefaultAsync(c => c.Id == smartcardId, cancellation) is not { } card)
                {
                    return null;
                }

                var holder = await registry.People.SingleAsync(p => p.Uuid == card.PersonUuid, cancellation);
                var organisation = await registry.Organisations.SingleAsync(o => o.Code == holder.OrganisationCode, cancellation);
                var certificates = await registry.Credentials.Where(c => c.SmartcardId == card.Id && c.Status == CredentialStatus.Current)
                    .OrderBy(c => c.KeyReference).ToListAsync(cancellation);
                var others = await registry.Smartcards.Where(c => c.PersonUuid == holder.Uuid && c.Id != card.Id).OrderBy(c => c.SerialNumber).ToListAsync(cancellation);
                var open = await registry.Unfinished(card.Id, cancellation);
                var begun = open is not null && (open.Act == Act.Issuance || await registry.IsBegun(open.Id, cancellation)) ? open : null;
                var notAfter = certificates.Count == 0 ? (DateTimeOffset?)null : certificates.Min(c => c.NotAfter);
                return new ManagedCard(
                    card, holder, organisation, await RolesAtWork.Of(registry, holder.Uuid, cancellation), certificates, others, begun,
                    await NewerCard.Of(registry, card, cancellation),
                    ManagedCardStates.Of(new ManagedCardFacts(card.Status, notAfter, isLocked, begun, time.GetUtcNow()), options),
                    await registry.Operations.Where(o => o.SmartcardId == card.Id && o.State == OperationState.Completed).OrderByDescending(o => o.ClosedAt).FirstOrDefaultAsync(cancellation));
            },
            cancellation);

    /// <summary>Whether this card is the same person's.</summary>
    public Task<bool> IsOf(Guid smartcardId, string personUuid, CancellationToken cancellation) =>
        database.Read(r => r.Registry.Smartcards.AnyAsync(c => c.Id == smartcardId && c.PersonUuid == personUuid, cancellation), cancellation);
}
