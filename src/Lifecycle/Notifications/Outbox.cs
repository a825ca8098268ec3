using Evercard.Registry;
using Evercard.Registry.Audit;
using Evercard.Registry.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Notifications;

/// <summary>
/// The notifications that are still to be sent. Whoever takes one has it alone until its next try; a node that dies with it leaves it to be sent
/// once more. Each is sent at least once, or given up after a day.
/// </summary>
public sealed class Outbox(Database database, LifecycleOptions options, TimeProvider time)
{
    /// <summary>They are sent side by side: the last of them must be out before another node may take it.</summary>
    private const int AtOnce = 10;

    /// <summary>The first is longer than any sender may take.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3)];

    /// <summary>How long a notification rests after so many tries, from 1.</summary>
    public static TimeSpan PauseAfter(int tries) => Pauses[Math.Clamp(tries, 1, Pauses.Length) - 1];

    /// <summary>Takes what is due, oldest first; gives up what is too old.</summary>
    /// <param name="channels">For which there is a sender. Others wait.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<Notification>> Take(IReadOnlyCollection<NotificationChannel> channels, CancellationToken cancellation)
    {
        var wanted = channels.ToList();
        if (!await database.Read(records => Due(records.Registry, wanted).AnyAsync(cancellation), cancellation))
        {
            return [];
        }

        return await database.Write(
            async records =>
            {
                var (registry, now, taken) = (records.Registry, time.GetUtcNow(), new List<Notification>());
                foreach (var one in await Due(registry, wanted).OrderBy(n => n.CreatedAt).Take(AtOnce).ToListAsync(cancellation))
                {
                    if (one.CreatedAt + options.NotificationTriedFor <= now)
                    {
                        await GiveUp(registry, one, now, cancellation);
                        continue;
                    }

                    one.Tries++;
                    one.NextTryAt = now + PauseAfter(one.Tries);
                    taken.Add(one);
                }

                await registry.Save(
                    new AuditEvent { Kind = "NotificationsTaken", Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["count"] = $"{taken.Count}" } }, cancellation);
                return taken;
            },
            cancellation);
    }

    /// <summary>It was sent: the body goes, and with it the token.</summary>
    public Task Sent(Guid id, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var one = await records.Registry.Notifications.SingleAsync(n => n.Id == id, cancellation);
                one.SentAt ??= time.GetUtcNow();
                one.Body = null;
                await records.Registry.Save(What("NotificationSent", one), cancellation);
            },
            cancellation);

    /// <summary>Whether anything waits for this channel.</summary>
    public Task<bool> HasDue(NotificationChannel channel, CancellationToken cancellation) =>
        database.Read(records => Due(records.Registry, [channel]).AnyAsync(cancellation), cancellation);

    private IQueryable<Notification> Due(RegistryContext registry, List<NotificationChannel> channels)
    {
        var now = time.GetUtcNow();
        return registry.Notifications.Where(n => n.Body != null && n.NextTryAt <= now && channels.Contains(n.Channel));
    }

    private static Task GiveUp(RegistryContext registry, Notification one, DateTimeOffset now, CancellationToken cancellation)
    {
        (one.Body, one.GivenUpAt) = (null, now);
        return registry.Save(What("NotificationGivenUp", one), cancellation);
    }

    private static AuditEvent What(string kind, Notification one) => new()
    {
        Kind = kind,
        OperationId = one.OperationId,
        SmartcardId = one.SmartcardId,
        PersonUuid = one.PersonUuid,
        Facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["channel"] = one.Channel == NotificationChannel.Email ? "email" : "text message", ["tries"] = $"{one.Tries}", ["about"] = one.Act,
        },
    };
}
