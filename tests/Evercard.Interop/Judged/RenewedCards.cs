using Evercard.Cards.Piv;
using Evercard.Interop.Support;

namespace Evercard.Interop.Judged;

/// <summary>One renewed card of each algorithm: renewed once, judged by many.</summary>
public sealed class RenewedCards
{
    private readonly Dictionary<PivAlgorithm, RenewedCard> made = [];

    /// <summary>The card of this algorithm, in a reader of its own, where it stays.</summary>
    internal async Task<RenewedCard> Get(VirtualReaders readers, PivAlgorithm algorithm)
    {
        if (!made.TryGetValue(algorithm, out var card))
        {
            made[algorithm] = card = await RenewedCard.Make(readers, readers.All[made.Count], algorithm);
            readers.Keep(card);
        }

        return card;
    }
}
