using Evercard.Cards.Piv;
using Evercard.CardSimulator.Keys;

namespace Evercard.Tests.CardSimulator;

/// <summary>RSA keys that all tests share: making one takes longer than a hundred tests.</summary>
internal static class TestKeys
{
    private static readonly Lazy<CardKey> Rsa2048 = new(() => CardKey.Generate(PivAlgorithm.Rsa2048));
    private static readonly Lazy<CardKey> Rsa3072 = new(() => CardKey.Generate(PivAlgorithm.Rsa3072));

    public static void Offer(KeyPool pool, PivAlgorithm algorithm)
    {
        if (algorithm is PivAlgorithm.Rsa2048 or PivAlgorithm.Rsa3072)
        {
            pool.Add(algorithm == PivAlgorithm.Rsa2048 ? Rsa2048.Value : Rsa3072.Value);
        }
    }
}
