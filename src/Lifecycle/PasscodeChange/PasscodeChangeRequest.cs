using Evercard.Lifecycle.Keys;
using Evercard.Registry;
using Evercard.Registry.Computers;
using Evercard.Registry.People;
using Evercard.Registry.Smartcards;
using Microsoft.EntityFrameworkCore;

namespace Evercard.Lifecycle.PasscodeChange;

/// <summary>All that decides whether a passcode may be changed now.</summary>
/// <param name="Card">The card in the reader.</param>
/// <param name="Holder">Its cardholder.</param>
/// <param name="Session">The log-in at this agent; null where there is none.</param>
/// <param name="LoggedInAs">Name of the person who is logged in; null where nobody is.</param>
/// <param name="Computer">What the registration authority thinks of the agent.</param>
/// <param name="Proof">A key that the card holds for certain; null where there is none.</param>
/// <param name="NewerCard">Serial number of a card that the holder has in use, where this one is cancelled.</param>
internal sealed record PasscodeChangeRequest(
    Smartcard Card, Person Holder, Session? Session, string? LoggedInAs, AgentStatus? Computer, Credential? Proof, string? NewerCard)
{
    /// <returns>Null where the card is not known.</returns>
    public static async Task<PasscodeChangeRequest?> Find(
        RegistryContext registry, Guid smartcardId, string sessionId, string agentId, CancellationToken cancellation)
    {
        if (await registry.Smartcards.SingleOrDefaultAsync(c => c.Id == smartcardId, cancellation) is not { } card)
        {
            return null;
        }

        var session = await registry.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.AgentId == agentId, cancellation);
        return new PasscodeChangeRequest(
            card,
            await registry.People.SingleAsync(p => p.Uuid == card.PersonUuid, cancellation),
            session,
            session is null ? null : await registry.People.Where(p => p.Uuid == session.PersonUuid).Select(p => p.FullName).SingleAsync(cancellation),
            await registry.Agents.Where(a => a.Id == agentId).Select(a => (AgentStatus?)a.Status).SingleOrDefaultAsync(cancellation),
            await SureKey.Of(registry, card.Id, cancellation),
            await Greeting.NewerCard.Of(registry, card, cancellation));
    }

    /// <summary>Before the passcode is used: what will be refused anyway must not burn a try.</summary>
    /// <returns>Null where it may be changed.</returns>
    public Refusal? Refuse(LifecycleOptions options, DateTimeOffset now) => this switch
    {
        { Computer: AgentStatus.Quarantined } => Refusals.AgentQuarantined(null),
        _ when Session?.IsLive(now, options.SessionAtMost) != true => Refusals.LoggedOut(Session, options.TimeZone),
        _ when Session.PersonUuid != Card.PersonUuid => Refusals.CardNotYours(Holder.FullName, LoggedInAs!),
        { Card.Status: SmartcardStatus.Cancelled } => Refusals.CardCancelled(Card, NewerCard, options.TimeZone),
        { Holder.Status: PersonStatus.Closed } => Refusals.ProfileClosed(Holder, options.TimeZone),
        { Proof: null } => Refusals.RepairNeeded(null),
        _ => null,
    };
}
