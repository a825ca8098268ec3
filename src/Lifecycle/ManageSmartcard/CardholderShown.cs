using Evercard.Registry.Audit;
using Evercard.Registry.Computers;
using Evercard.Registry.People;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.ManageSmartcard;

/// <summary>A look at another person's details is recorded as a change is: once for each log-in and card. Where it cannot be written, nothing is shown.</summary>
public sealed class CardholderShown(Database database)
{
    public const string Kind = "CardholderShown";

    /// <param name="session">The operator's log-in.</param>
    /// <param name="role">The role that was chosen for it.</param>
    /// <param name="shown">The card that lies in the reader.</param>
    /// <param name="reader">Which reader.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task Record(Session session, RoleProfile? role, ManagedCard shown, string reader, CancellationToken cancellation)
    {
        var (card, since) = (shown.Card.Id, session.StartedAt);
        var before = await database.Read(
            r => r.Registry.AuditEvents.Where(e => e.SmartcardId == card && e.AgentId == session.AgentId && e.Kind == Kind && e.At >= since).ToListAsync(cancellation),
            cancellation);
        if (before.Exists(e => e.Facts.GetValueOrDefault("operator") == session.PersonUuid))
        {
            return;
        }

        await database.Write(
            records => records.Registry.Save(
                new AuditEvent
                {
                    Kind = Kind,
                    SmartcardId = card,
                    PersonUuid = shown.Holder.Uuid,
                    AgentId = session.AgentId,
                    Facts = new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["operator"] = session.PersonUuid, ["operatorSmartcard"] = $"{session.SmartcardId}", ["role"] = role?.RoleCode ?? "none", ["reader"] = reader,
                    },
                },
                cancellation),
            cancellation);
    }
}
