using Evercard.Lifecycle.Contacts;
using Evercard.Registry;
using Evercard.Registry.Audit;
using Evercard.Registry.Notifications;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Notifications;

/// <summary>An act of which a cardholder was told, as whoever has the link sees it.</summary>
/// <param name="Summary">What the message said of it.</param>
/// <param name="SmartcardId">The card; it is not shown.</param>
/// <param name="IsCancelled">The card is cancelled already.</param>
/// <param name="RaisedAt">When the alarm was raised; null where it was not.</param>
/// <param name="Help">The registration authority of the cardholder's organisation, one line each; null where nothing is on record.</param>
public sealed record AlarmableAct(string Summary, Guid SmartcardId, bool IsCancelled, DateTimeOffset? RaisedAt, string? Help);

/// <summary>
/// "This was not me": the cardholder's alarm about an act. It changes nothing but the books: whoever has a link that went astray can make people
/// look, and no more than that.
/// </summary>
public sealed class CardholderAlarms(Database database, LifecycleOptions options, TimeProvider time)
{
    private const int MostShown = 3;

    /// <param name="token">As it stands in the address.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    /// <returns>Null where there is no such link, or it is too old: nobody learns which.</returns>
    public Task<AlarmableAct?> Find(string? token, CancellationToken cancellation) =>
        AlarmToken.TryParse(token, out var digest)
            ? database.Read(async records => await Of(records.Registry, await Notifications(records.Registry, digest, cancellation), cancellation), cancellation)
            : Task.FromResult<AlarmableAct?>(null);

    /// <summary>Raises it. Once raised it stays as it is.</summary>
    /// <param name="token">As it stands in the address.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>As <see cref="Find"/>, with the alarm raised.</returns>
    public async Task<AlarmableAct?> Raise(string? token, CancellationToken cancellation)
    {
        // Most that come a second time, or with a link that is none, end here and write nothing.
        if (!AlarmToken.TryParse(token, out var digest) || await Find(token, cancellation) is not { RaisedAt: null } found)
        {
            return await Find(token, cancellation);
        }

        return await database.Write(
            async records =>
            {
                var registry = records.Registry;
                var all = await Notifications(registry, digest, cancellation);
                var isRaised = all.Exists(one => one.AlarmRaisedAt is not null);
                if (!isRaised)
                {
                    var now = time.GetUtcNow();
                    all.ForEach(one => one.AlarmRaisedAt = now);
                }

                var about = all[0];
                await registry.Save(
                    new AuditEvent
                    {
                        Kind = isRaised ? "CardholderAlarmKept" : "CardholderAlarm",
                        OperationId = about.OperationId,
                        SmartcardId = about.SmartcardId,
                        PersonUuid = about.PersonUuid,
                        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["act"] = Named(about) },
                    },
                    cancellation);
                return await Of(registry, all, cancellation);
            },
            cancellation);
    }

    /// <summary>The alarms about a card, each a sentence, the newest first.</summary>
    public Task<IReadOnlyList<string>> OfCard(Guid smartcardId, CancellationToken cancellation) =>
        database.Read(records => OfCard(records.Registry, smartcardId, cancellation), cancellation);

    /// <inheritdoc cref="OfCard(Guid,CancellationToken)"/>
    public async Task<IReadOnlyList<string>> OfCard(RegistryContext registry, Guid smartcardId, CancellationToken cancellation)
    {
        var since = time.GetUtcNow().AddDays(-options.AlarmShownDays);
        var raised = await registry.Notifications.Where(n => n.SmartcardId == smartcardId && n.AlarmRaisedAt >= since).ToListAsync(cancellation);
        return [.. raised.DistinctBy(one => one.AlarmDigest).OrderByDescending(one => one.AlarmRaisedAt).Take(MostShown).Select(one => Sentence(one, options.TimeZone))];
    }

    /// <summary>An alarm that was raised, in a sentence.</summary>
    internal static string Sentence(Notification one, TimeZoneInfo zone)
    {
        var raisedAt = one.AlarmRaisedAt!.Value;
        var act = NotificationWords.Named(one.Act, one.CreatedAt, zone);
        return $"The cardholder said on {Expiry.InWords(raisedAt, zone)} at {Expiry.TimeInWords(raisedAt, zone)} that {act} was not theirs.";
    }

    private string Named(Notification one) => NotificationWords.Named(one.Act, one.CreatedAt, options.TimeZone);

    private Task<List<Notification>> Notifications(RegistryContext registry, string digest, CancellationToken cancellation)
    {
        var since = time.GetUtcNow().AddDays(-options.AlarmLinkDays);
        return registry.Notifications.Where(n => n.AlarmDigest == digest && n.CreatedAt >= since).ToListAsync(cancellation);
    }

    private static async Task<AlarmableAct?> Of(RegistryContext registry, List<Notification> all, CancellationToken cancellation) =>
        all is not [var one, ..]
            ? null
            : new AlarmableAct(
                one.Summary,
                one.SmartcardId,
                await registry.Smartcards.AnyAsync(c => c.Id == one.SmartcardId && c.Status == SmartcardStatus.Cancelled, cancellation),
                one.AlarmRaisedAt,
                await Contacts.Contacts.Of(registry, one.PersonUuid, Contact.RegistrationAuthority, cancellation));
}
