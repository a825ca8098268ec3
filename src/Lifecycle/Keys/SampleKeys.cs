using System.Collections.Concurrent;
using System.Security.Cryptography;
using Evercard.Cards.Piv;

namespace Evercard.Lifecycle.Keys;

/// <summary>Throw-away public keys for the dry run before a key is touched: made once, their private halves forgotten.</summary>
internal static class SampleKeys
{
    private static readonly ConcurrentDictionary<PivAlgorithm, byte[]> Made = new();

    /// <summary>SubjectPublicKeyInfo, DER, of a key of this algorithm.</summary>
    public static byte[] PublicKey(PivAlgorithm algorithm) => Made.GetOrAdd(algorithm, Make);

    private static byte[] Make(PivAlgorithm algorithm)
    {
        if (algorithm.IsRsa())
        {
            using var rsa = RSA.Create(algorithm.FieldLength() * 8);
            return rsa.ExportSubjectPublicKeyInfo();
        }

        using var ec = ECDsa.Create(algorithm == PivAlgorithm.P384 ? ECCurve.NamedCurves.nistP384 : ECCurve.NamedCurves.nistP256);
        return ec.ExportSubjectPublicKeyInfo();
    }
}
