using Evercard.Cards.Piv;
using Evercard.Registry;
using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Reconciliation;

/// <summary>
/// Which cards may need attention: one query for each cause, from the cards of the organisations along the indexes of a card. More than these are never
/// looked at; whether one really does is the rule's to say.
/// </summary>
internal static class AttentionQueries
{
    /// <param name="registry">The registry.</param>
    /// <param name="organisations">Codes of the home organisations of cardholders; null: all.</param>
    /// <param name="alarmsSince">Alarms of cardholders count from then on.</param>
    public static IReadOnlyList<IQueryable<Guid>> Candidates(RegistryContext registry, IReadOnlyCollection<string>? organisations, DateTimeOffset alarmsSince)
    {
        var held = Held(registry, organisations);
        return
        [
            Unfinished(registry, People(registry, organisations)),
            held.Where(c => registry.Operations.Any(o => o.SmartcardId == c.Id && o.State == OperationState.Aborted && o.Act != Act.Unlock
                && registry.OperationSteps.Any(s => s.OperationId == o.Id && (s.PublicKey != null || s.ChangedAt >= o.ClosedAt))
                && !registry.Operations.Any(n => n.SmartcardId == c.Id && n.Act != Act.Unlock && n.State == OperationState.Completed && n.OpenedAt > o.OpenedAt)))
                .Select(c => c.Id),
            held.Where(c => c.Status == SmartcardStatus.InUse
                && (!registry.Credentials.Any(k => k.SmartcardId == c.Id && k.Status == CredentialStatus.Current && k.KeyReference == (byte)KeyReference.Authentication)
                    || !registry.Credentials.Any(k => k.SmartcardId == c.Id && k.Status == CredentialStatus.Current && k.KeyReference == (byte)KeyReference.Signature)))
                .Select(c => c.Id),
            held.Where(c => registry.Notifications.Any(n => n.SmartcardId == c.Id && n.AlarmRaisedAt >= alarmsSince)).Select(c => c.Id),
        ];
    }

    /// <summary>Begins at the few acts that are unfinished. The index of those on keys leaves unlocks out, and is only used where that is said.</summary>
    private static IQueryable<Guid> Unfinished(RegistryContext registry, IQueryable<Person> people) => registry.Operations
        .Where(o => (o.State == OperationState.Open || o.State == OperationState.Waiting) && o.Act != Act.Unlock)
        .Join(people, o => o.PersonUuid, p => p.Uuid, (o, _) => o.SmartcardId);

    /// <summary>Cards with a key that counts and that a quarantined agent handed in. Asked only where there is such an agent.</summary>
    /// <inheritdoc cref="Candidates"/>
    public static IQueryable<Guid> MadeByLiars(RegistryContext registry, IReadOnlyCollection<string>? organisations) =>
        Held(registry, organisations)
        .Where(c => registry.Credentials.Any(k => k.SmartcardId == c.Id && k.Status == CredentialStatus.Current
            && registry.OperationSteps.Any(s => s.OperationId == k.OperationId && s.CertificateSerialNumber == k.CertificateSerialNumber
                && registry.Agents.Any(a => a.Id == s.StagedByAgentId && a.Status == AgentStatus.Quarantined))))
        .Select(c => c.Id);

    /// <summary>Of these cards, those of the organisations.</summary>
    public static IQueryable<Guid> Among(RegistryContext registry, IReadOnlyCollection<string>? organisations, IReadOnlyCollection<Guid> cards) =>
        Held(registry, organisations).Where(c => cards.Contains(c.Id)).Select(c => c.Id);

    private static IQueryable<Person> People(RegistryContext registry, IReadOnlyCollection<string>? organisations) =>
        organisations is null ? registry.People : registry.People.Where(p => organisations.Contains(p.OrganisationCode));

    private static IQueryable<Smartcard> Held(RegistryContext registry, IReadOnlyCollection<string>? organisations)
    {
        var cards = registry.Smartcards.Where(c => c.Status != SmartcardStatus.Cancelled);
        return organisations is null ? cards : People(registry, organisations).Join(cards, p => p.Uuid, c => c.PersonUuid, (_, c) => c);
    }
}
