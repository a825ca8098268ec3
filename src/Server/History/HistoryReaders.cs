using Evercard.Lifecycle;
using Evercard.Lifecycle.Roles;
using Evercard.Registry.Audit;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Evercard.Server.Browsers;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Server.History;

/// <summary>
/// Who may read the history of somebody else: those who answer "who did this?" about the people of their organisations. That it was read is
/// written down, and so is that it was not shown.
/// </summary>
public sealed class HistoryReaders(Database database)
{
    /// <param name="who">Who asks.</param>
    /// <param name="personUuid">Whose history it is.</param>
    /// <param name="card">The one smartcard that it is about; null: all that concerns the person.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Null where it is not for this reader. The answer must be the same as for a person who does not exist: nothing is learnt from it.</returns>
    public async Task<Person?> Admit(SignedIn who, string personUuid, Smartcard? card, CancellationToken cancellation)
    {
        var (person, home) = await database.Read<(Person?, Organisation?)>(
            async r => await r.Registry.People.SingleOrDefaultAsync(p => p.Uuid == personUuid, cancellation) is { } found
                ? (found, await r.Registry.Organisations.SingleAsync(o => o.Code == found.OrganisationCode, cancellation))
                : (null, null),
            cancellation);
        if (person is null || RoleScope.Covers(who.Organisation, home!))
        {
            return person;
        }

        await Record(Event("HistoryRefused", who, person, card), cancellation);
        return null;
    }

    /// <summary>It is about to be shown.</summary>
    public Task RecordRead(SignedIn who, Person person, Smartcard? card, CancellationToken cancellation) => Record(Event("HistoryRead", who, person, card), cancellation);

    private Task Record(AuditEvent what, CancellationToken cancellation) => database.Write(records => records.Registry.Save(what, cancellation), cancellation);

    private static AuditEvent Event(string kind, SignedIn who, Person person, Smartcard? card) => new()
    {
        Kind = kind,
        SmartcardId = card?.Id,
        PersonUuid = person.Uuid,
        AgentId = who.Browser.AgentId,
        Facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["operator"] = who.Person.Uuid },
    };
}
