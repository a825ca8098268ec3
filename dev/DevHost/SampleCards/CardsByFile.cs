using Evercard.CardSimulator;
using Evercard.CardSimulator.Readers;

namespace Evercard.DevHost.SampleCards;

/// <summary>Stored cards that were put into readers; one that was pulled out stays in somebody's hand until it is put away.</summary>
internal sealed class CardsByFile(SimulatedReaders readers) : IDisposable
{
    private readonly Dictionary<string, SimulatedCard> inHand = new(StringComparer.Ordinal);

    public void Insert(string reader, string file) => readers.Insert(reader, Open(file));

    public SimulatedCard Open(string file)
    {
        var path = Path.GetFullPath(file);
        if (!inHand.TryGetValue(path, out var card))
        {
            inHand[path] = card = SimulatedCard.Open(path);
        }

        return card;
    }

    /// <summary>Takes the card out, and puts away all that are in no reader.</summary>
    public void Remove(string reader)
    {
        readers.Remove(reader);
        PutAway();
    }

    /// <summary>Lets go of the files of all cards that are in no reader.</summary>
    public void PutAway()
    {
        var used = readers.List().Select(r => readers.CardIn(r.Name)).ToList();
        foreach (var (path, card) in inHand.Where(one => !used.Contains(one.Value)).ToList())
        {
            card.Dispose();
            inHand.Remove(path);
        }
    }

    public void Dispose()
    {
        foreach (var card in inHand.Values)
        {
            card.Dispose();
        }
    }
}
