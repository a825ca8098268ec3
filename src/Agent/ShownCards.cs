using Evercard.Cards.Readers;
using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>
/// Which cards the server believes to be in which reader, on the present link. News of readers come late and from several
/// sides; the server hears of a card's leaving once, and always before it hears of the next card.
/// </summary>
/// <param name="send">Begins to send at once; must not block.</param>
public sealed class ShownCards(Action<CardGone> send)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Shown> byReader = new(StringComparer.Ordinal);

    private sealed record Shown(int Insertion, bool Known);

    /// <summary>Whether this very insertion was shown, and the server knew the card.</summary>
    public bool IsShown(ReaderStatus card)
    {
        lock (gate)
        {
            return byReader.GetValueOrDefault(card.Name) == new Shown(card.EventCount, Known: true);
        }
    }

    /// <summary>This card is about to be shown: one that was there before is gone.</summary>
    public void Show(ReaderStatus card)
    {
        lock (gate)
        {
            if (byReader.TryGetValue(card.Name, out var shown) && shown.Insertion != card.EventCount)
            {
                send(new CardGone(card.Name, shown.Insertion));
            }

            byReader[card.Name] = new Shown(card.EventCount, Known: true);
        }
    }

    /// <summary>The server said no to it: it is shown again before its next act, and its leaving is told all the same.</summary>
    public void Refuse(ReaderStatus card)
    {
        lock (gate)
        {
            if (byReader.GetValueOrDefault(card.Name) == new Shown(card.EventCount, Known: true))
            {
                byReader[card.Name] = new Shown(card.EventCount, Known: false);
            }
        }
    }

    /// <summary>A card left this reader.</summary>
    /// <param name="reader">The reader's name.</param>
    /// <param name="now">The reader as it is now: news of a card before the one that was shown tell nothing.</param>
    public void Left(string reader, ReaderStatus? now)
    {
        lock (gate)
        {
            if (byReader.TryGetValue(reader, out var shown) && (now is not { CardPresent: true } || now.EventCount != shown.Insertion))
            {
                byReader.Remove(reader);
                send(new CardGone(reader, shown.Insertion));
            }
        }
    }

    /// <summary>A new link, or none: the server knows nothing.</summary>
    public void Clear()
    {
        lock (gate)
        {
            byReader.Clear();
        }
    }
}
