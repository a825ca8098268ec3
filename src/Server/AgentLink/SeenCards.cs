using Evercard.Lifecycle;

namespace Evercard.Server.AgentLink;

/// <summary>A card that an agent showed, and what its greeting came to.</summary>
/// <param name="Insertion">The reader's count of insertions and removals.</param>
/// <param name="SmartcardId">The card, where it is on the books: its leaving ends sessions, also of one that is refused by now. Null where it is on none.</param>
/// <param name="Refusal">Why it is good for no act; null for one that is.</param>
public sealed record SeenCard(int Insertion, Guid? SmartcardId, Refusal? Refusal);

/// <summary>
/// Which card an agent says is in which of its readers. A hint, kept with the link that it came over and gone with it;
/// the card itself confirms it with 9B and its keys.
/// </summary>
public sealed class SeenCards
{
    public const int MostReaders = 16;
    private readonly Lock gate = new();
    private readonly Dictionary<string, SeenCard> byReader = new(StringComparer.Ordinal);

    /// <returns>Null where no card was shown in this reader.</returns>
    public SeenCard? Find(string reader)
    {
        lock (gate)
        {
            return byReader.GetValueOrDefault(reader);
        }
    }

    /// <returns>The reader in which this card was shown; null where it is in none.</returns>
    public string? ReaderOf(Guid smartcardId)
    {
        lock (gate)
        {
            return byReader.FirstOrDefault(one => one.Value.SmartcardId == smartcardId).Key;
        }
    }

    /// <summary>All that are shown now, by reader.</summary>
    public IReadOnlyList<KeyValuePair<string, SeenCard>> Shown
    {
        get
        {
            lock (gate)
            {
                return [.. byReader.OrderBy(one => one.Key, StringComparer.Ordinal)];
            }
        }
    }

    /// <returns>False where the link has as many readers as one may have.</returns>
    public bool TryPut(string reader, SeenCard card)
    {
        lock (gate)
        {
            if (byReader.Count >= MostReaders && !byReader.ContainsKey(reader))
            {
                return false;
            }

            byReader[reader] = card;
            return true;
        }
    }

    /// <summary>Takes away the card that left; late news of an earlier insertion takes nothing.</summary>
    public SeenCard? TakeInsertion(string reader, int insertion) => Take(reader, card => card.Insertion == insertion);

    /// <summary>Takes away the card of another insertion than the one that is there now.</summary>
    public SeenCard? TakeOlder(string reader, int insertion) => Take(reader, card => card.Insertion != insertion);

    private SeenCard? Take(string reader, Func<SeenCard, bool> fits)
    {
        lock (gate)
        {
            return byReader.TryGetValue(reader, out var card) && fits(card) && byReader.Remove(reader) ? card : null;
        }
    }
}
