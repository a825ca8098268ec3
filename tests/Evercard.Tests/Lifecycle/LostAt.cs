using Evercard.Cards;
using Evercard.Cards.Scripts;

namespace Evercard.Tests.Lifecycle;

/// <summary>A card that is pulled out just before one of its scripts.</summary>
internal sealed class LostAt(ICard card, string script) : ICard
{
    public ActBinding Binding => card.Binding;

    public Task<ScriptReply> Run(CardScript asked, CancellationToken cancellation) => asked.Name == script
        ? throw new CardConnectionException(CardConnectionFailure.Removed, "The card was pulled out.")
        : card.Run(asked, cancellation);
}
