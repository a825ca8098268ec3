using System.Security.Cryptography;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.CardSimulator.Keys;
using Evercard.DevHost.SampleCards;

namespace Evercard.Tests.Lifecycle;

/// <summary>Issued cards that are not of the usual kind.</summary>
internal static class OtherCards
{
    // Made once: a card takes them in this order, so that no card gets one twice.
    private static readonly Lazy<CardKey[]> RsaKeys = new(() =>
        [.. Enumerable.Range(0, 8).AsParallel().Select(_ => CardKey.Generate(PivAlgorithm.Rsa2048))]);

    /// <summary>A card of which only the standard is known: its 9B comes from the factory and stays, objects are small, APDUs short.</summary>
    public static Task<(SimulatedCard Card, Guid Id)> StandardPiv(Ward ward)
    {
        var model = new CardModel { AdministrationAlgorithm = PivAlgorithm.Aes256, MaxObjectSize = CardModel.SmallObjects, ExtendedLength = false };
        return Issue(ward, model, PivAlgorithm.P256, RandomNumberGenerator.GetBytes(32));
    }

    /// <summary>A card with the factory's 9B in its model's algorithm.</summary>
    public static Task<(SimulatedCard Card, Guid Id)> Factory(Ward ward, CardModel model, PivAlgorithm algorithm = PivAlgorithm.P256) =>
        Issue(ward, model, algorithm, StoredAdministrationKey.Factory(model.AdministrationAlgorithm).Value);

    /// <summary>A card with RSA keys that takes its next RSA keys from the same pool.</summary>
    public static Task<(SimulatedCard Card, Guid Id)> Rsa(Ward ward) =>
        Issue(ward, CardModel.Yubico, PivAlgorithm.Rsa2048, StoredAdministrationKey.Factory(PivAlgorithm.TripleDes).Value);

    private static async Task<(SimulatedCard Card, Guid Id)> Issue(Ward ward, CardModel model, PivAlgorithm algorithm, byte[] transport)
    {
        var pool = new KeyPool();
        if (algorithm.IsRsa())
        {
            Array.ForEach(RsaKeys.Value, pool.Add);
        }

        var card = SimulatedCard.CreateBlank(model, administrationKey: transport, parts: new CardParts { Pool = pool });
        using var key = new AdministrationKey(model.AdministrationAlgorithm, transport);
        return (card, await ward.Samples.Issue(SampleWard.Wren, card, algorithm, 30, default, key));
    }
}
