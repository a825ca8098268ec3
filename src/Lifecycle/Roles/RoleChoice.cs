using Evercard.Registry.Audit;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.Roles;

/// <summary>The person chooses what to work as in this session; the log-in itself needs no role.</summary>
public sealed class RoleChoice(Database database, LifecycleOptions options, TimeProvider time)
{
    /// <param name="sessionSecret">As the agent was told it.</param>
    /// <param name="agentId">The agent that asks: a session of another one is not found.</param>
    /// <param name="roleProfileId">One of the person's own.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where it was chosen.</returns>
    public async Task<Refusal?> Choose(string sessionSecret, string agentId, string roleProfileId, CancellationToken cancellation)
    {
        // A made-up session writes nothing.
        var id = LogIn.LogIn.SessionId(sessionSecret);
        return await database.Read(r => r.Registry.Sessions.AnyAsync(s => s.Id == id && s.AgentId == agentId, cancellation), cancellation)
            ? await ChooseIn(id, agentId, roleProfileId, cancellation)
            : Refusals.LoggedOut(null, options.TimeZone);
    }

    private Task<Refusal?> ChooseIn(string id, string agentId, string roleProfileId, CancellationToken cancellation) =>
        database.Write(
            async records =>
            {
                var session = await records.Registry.Sessions.SingleOrDefaultAsync(s => s.Id == id && s.AgentId == agentId, cancellation);
                var isTheirs = session is not null
                    && await records.Registry.RoleProfiles.AnyAsync(r => r.Id == roleProfileId && r.PersonUuid == session.PersonUuid, cancellation);
                var refusal = session is null || !session.IsLive(time.GetUtcNow(), options.SessionAtMost) ? Refusals.LoggedOut(session, options.TimeZone)
                    : isTheirs ? null
                    : Refusals.RoleNotYours();
                if (refusal is null)
                {
                    session!.RoleProfileId = roleProfileId;
                }

                await records.Registry.Save(
                    new AuditEvent
                    {
                        Kind = refusal is null ? "RoleChosen" : "RoleRefused",
                        SmartcardId = session?.SmartcardId,
                        PersonUuid = session?.PersonUuid,
                        AgentId = agentId,
                        Facts = new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["role"] = isTheirs ? roleProfileId : "none", ["code"] = refusal?.Code ?? "none",
                        },
                    },
                    cancellation);
                return refusal;
            },
            cancellation);
}
