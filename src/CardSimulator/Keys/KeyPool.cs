using System.Collections.Concurrent;
using Evercard.Cards.Piv;

namespace Evercard.CardSimulator.Keys;

/// <summary>Keys made beforehand: making an RSA key takes longer than everything else in a fault test together.</summary>
public sealed class KeyPool
{
    private readonly ConcurrentDictionary<PivAlgorithm, ConcurrentQueue<CardKey>> _ready = new();

    /// <summary>Makes keys and keeps them; each is given away once.</summary>
    public KeyPool Fill(PivAlgorithm algorithm, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Add(CardKey.Generate(algorithm));
        }

        return this;
    }

    public void Add(CardKey key) => _ready.GetOrAdd(key.Algorithm, _ => new()).Enqueue(key);

    /// <summary>A key from the pool, or a new one where the pool has none of this algorithm.</summary>
    public CardKey Take(PivAlgorithm algorithm) =>
        _ready.TryGetValue(algorithm, out var keys) && keys.TryDequeue(out var key) ? key : CardKey.Generate(algorithm);
}
