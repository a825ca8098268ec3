using Evercard.Registry.Computers;
using Evercard.Registry.Journal;
using Evercard.Registry.Smartcards;

namespace Evercard.Lifecycle.Keys;

/// <summary>How an operation on a card in use begins: one notAfter for both certificates, fixed now.</summary>
internal static class NewOperation
{
    public static Operation Of(Act act, Smartcard card, Agent agent, LifecycleOptions options, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(),
        Reference = OperationReference.New(),
        Act = act,
        SmartcardId = card.Id,
        PersonUuid = card.PersonUuid,
        State = OperationState.Open,
        Epoch = 1,
        AgentId = agent.Id,
        ComputerName = agent.ComputerName,
        NotAfter = Expiry.NotAfter(now, options.ValidityMonths, card.ExpiresAt, options.TimeZone),
        OpenedAt = now,
        FinishBy = now.AddDays(options.FinishByDays),
        TouchedAt = now,
        VisitBeganAt = now,
    };
}
