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
    private readonly Dictionary<string, int> events = new(StringComparer.Ordinal);

    /// <summary>Whether this very insertion was shown.</summary>
    public bool IsShown(ReaderStatus card)
    {
        lock (gate)
        {
            return events.TryGetValue(card.Name, out var shown) && shown == card.EventCount;
        }
    }

    /// <summary>This card is about to be shown: one that was there before is gone.</summary>
    public void Show(ReaderStatus card)
    {
        lock (gate)
        {
            if (events.TryGetValue(card.Name, out var shown) && shown != card.EventCount)
            {
                send(new CardGone(card.Name, shown));
            }

            events[card.Name] = card.EventCount;
        }
    }

    /// <summary>The server did not take it in.</summary>
    public void Forget(ReaderStatus card)
    {
        lock (gate)
        {
            events.Remove(card.Name);
        }
    }

    /// <summary>A card left this reader.</summary>
    /// <param name="reader">The reader's name.</param>
    /// <param name="now">The reader as it is now: news of a card before the one that was shown tell nothing.</param>
    public void Left(string reader, ReaderStatus? now)
    {
        lock (gate)
        {
            if (events.TryGetValue(reader, out var shown) && (now is not { CardPresent: true } || now.EventCount != shown))
            {
                events.Remove(reader);
                send(new CardGone(reader, shown));
            }
        }
    }

    /// <summary>A new link, or none: the server knows nothing.</summary>
    public void Clear()
    {
        lock (gate)
        {
            events.Clear();
        }
    }
}
