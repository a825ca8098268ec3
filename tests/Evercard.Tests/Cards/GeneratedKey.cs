using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.Tests.Cards;

/// <summary>What a card answers to GENERATE ASYMMETRIC KEY PAIR: the reverse of <see cref="PivPublicKey.TryReadGenerated"/>.</summary>
internal static class GeneratedKey
{
    public static byte[] Encode(ReadOnlySpan<byte> subjectPublicKeyInfo, PivAlgorithm algorithm)
    {
        if (algorithm.IsRsa())
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            var key = rsa.ExportParameters(false);
            return BerTlv.Encode(0x7F49, [.. BerTlv.Encode(0x81, key.Modulus), .. BerTlv.Encode(0x82, key.Exponent)]);
        }

        using var ec = ECDsa.Create();
        ec.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        var point = ec.ExportParameters(false).Q;
        return BerTlv.Encode(0x7F49, BerTlv.Encode(0x86, [0x04, .. point.X!, .. point.Y!]));
    }
}
