using System.Diagnostics.CodeAnalysis;
using Evercard.Registry;
using Evercard.Registry.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Notifications;

/// <summary>Writes what a cardholder is to be told of an act. It is sent later, by whoever takes it out of the table.</summary>
internal static class CardholderNotifications
{
    /// <summary>The fact of an act's event that says by which channels its cardholder is told.</summary>
    public const string Told = "told";

    private const int CardEnds = 4;

    /// <summary>Inside the transaction of the act, before its event is saved: no act is told that did not happen.</summary>
    /// <param name="registry">Of that transaction.</param>
    /// <param name="act">What was done.</param>
    /// <param name="options">Where the service is, and how people read dates.</param>
    /// <param name="now">When it was done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>For the fact <see cref="Told"/>; never an address.</returns>
    public static async Task<string> Add(RegistryContext registry, ToldAct act, LifecycleOptions options, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!NotificationWords.ToldActs.Contains(act.Name))
        {
            return "not told";
        }

        var person = await registry.People.SingleAsync(p => p.Uuid == act.PersonUuid, cancellation);
        (NotificationChannel Channel, string Address)[] contacts =
        [
            .. IsUsable(person.Email) ? new[] { (NotificationChannel.Email, person.Email.Trim()) } : [],
            .. IsUsable(person.Mobile) ? new[] { (NotificationChannel.Text, person.Mobile.Trim()) } : [],
        ];
        if (contacts.Length == 0)
        {
            return "no contact";
        }

        var facts = await Look(registry, act, now, cancellation);
        var token = AlarmToken.New();
        var link = new Uri(options.ServiceAddress, $"{AlarmToken.Path}{token}");
        foreach (var (channel, address) in contacts)
        {
            var isEmail = channel == NotificationChannel.Email;
            registry.Notifications.Add(new Notification
            {
                Id = Guid.NewGuid(),
                Act = act.Name,
                SmartcardId = act.SmartcardId,
                PersonUuid = act.PersonUuid,
                OperationId = act.OperationId,
                Channel = channel,
                Address = address,
                Subject = isEmail ? NotificationWords.Subject(act.Name) : null,
                Summary = NotificationWords.Summary(facts, options.TimeZone),
                Body = isEmail ? NotificationWords.Email(facts, link, options.AlarmLinkDays, options.TimeZone) : NotificationWords.Text(facts, link, options.TimeZone),
                AlarmDigest = AlarmToken.DigestOf(token),
                CreatedAt = now,
                NextTryAt = now,
            });
        }

        return string.Join(", ", contacts.Select(contact => contact.Channel == NotificationChannel.Email ? "email" : "text"));
    }

    /// <summary>What stands on a profile and is no address must not keep an act from its end.</summary>
    private static bool IsUsable([NotNullWhen(true)] string? address) =>
        !string.IsNullOrWhiteSpace(address) && address.Length <= Notification.LongestAddress && !address.Trim().Any(char.IsControl);

    private static async Task<NotificationFacts> Look(RegistryContext registry, ToldAct act, DateTimeOffset now, CancellationToken cancellation)
    {
        var serial = await registry.Smartcards.Where(c => c.Id == act.SmartcardId).Select(c => c.SerialNumber).SingleAsync(cancellation);
        var computer = await registry.Agents.Where(a => a.Id == act.AgentId).Select(a => a.ComputerName).SingleOrDefaultAsync(cancellation);
        var session = await registry.Sessions.SingleOrDefaultAsync(s => s.Id == act.OperatorSessionId, cancellation);
        var role = session is null ? null : await registry.RoleProfiles.SingleOrDefaultAsync(r => r.Id == session.RoleProfileId, cancellation);
        return new NotificationFacts(
            act.Name,
            serial[^Math.Min(CardEnds, serial.Length)..],
            now,
            computer ?? "that was used",
            session is null ? null : await registry.People.Where(p => p.Uuid == session.PersonUuid).Select(p => p.FullName).SingleAsync(cancellation),
            role is null ? null : await registry.Organisations.Where(o => o.Code == role.OrganisationCode).Select(o => o.Name).SingleAsync(cancellation),
            act.NotAfter,
            act.Because);
    }
}
