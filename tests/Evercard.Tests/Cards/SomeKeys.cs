using System.Collections.Concurrent;
using System.Security.Cryptography;
using Evercard.Cards.Piv;

namespace Evercard.Tests.Cards;

/// <summary>One key of each algorithm: RSA keys are slow to make.</summary>
internal static class SomeKeys
{
    private static readonly ConcurrentDictionary<PivAlgorithm, Lazy<AsymmetricAlgorithm>> Keys = new();

    public static RSA Rsa(PivAlgorithm algorithm) => (RSA)Of(algorithm);

    public static byte[] PublicKey(PivAlgorithm algorithm) => Of(algorithm).ExportSubjectPublicKeyInfo();

    private static AsymmetricAlgorithm Of(PivAlgorithm algorithm) => Keys.GetOrAdd(algorithm, _ => new(() => New(algorithm))).Value;

    private static AsymmetricAlgorithm New(PivAlgorithm algorithm) => algorithm switch
    {
        PivAlgorithm.P256 => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        PivAlgorithm.P384 => ECDsa.Create(ECCurve.NamedCurves.nistP384),
        _ => RSA.Create(algorithm.FieldLength() * 8),
    };
}
