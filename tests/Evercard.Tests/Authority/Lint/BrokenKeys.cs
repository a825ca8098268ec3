using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Evercard.Authority.Keys;
using Evercard.Authority.Lint.Rules;

namespace Evercard.Tests.Authority.Lint;

/// <summary>Public keys that each have one fault. Moduli need not be products of two primes: nobody here decrypts.</summary>
internal static class BrokenKeys
{
    private static readonly BigInteger SmallPrimes = RsaSmallFactors.Primes.Aggregate(BigInteger.One, (product, prime) => product * prime);

    public static byte[] Rsa(BigInteger modulus, int exponent = 65537, string parameters = "0500")
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteInteger(modulus);
            key.WriteInteger(exponent);
        }

        return Info(SubjectPublicKey.RsaOid, parameters, key.Encode());
    }

    public static BigInteger GoodModulus
    {
        get
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(Some.Rsa2048, out _);
            return new BigInteger(rsa.ExportParameters(false).Modulus, isUnsigned: true, isBigEndian: true);
        }
    }

    public static BigInteger Of2047Bits => NextWithoutSmallFactors(GoodModulus >> 1);

    public static BigInteger WithFactor751
    {
        get
        {
            var modulus = GoodModulus;
            return modulus - modulus % 751 is { IsEven: false } odd ? odd : modulus - modulus % 751 + 751;
        }
    }

    public static BigInteger WithCloseFactors
    {
        get
        {
            var factor = NextWithoutSmallFactors((BigInteger.One << 1024) - (BigInteger.One << 1000) + RandomBits(900));
            return factor * NextWithoutSmallFactors(factor + 2);
        }
    }

    /// <summary>k · M + 65537^a mod M, where M is the product of the fingerprint's primes.</summary>
    public static BigInteger WithRocaFingerprint
    {
        get
        {
            var m = RsaRoca.Primes.Aggregate(BigInteger.One, (product, prime) => product * prime);
            var power = BigInteger.ModPow(65537, 123456789, m);
            for (var k = (BigInteger.One << 2047) / m + RandomBits(1500); ; k++)
            {
                var modulus = k * m + power;
                if (BigInteger.GreatestCommonDivisor(modulus, SmallPrimes).IsOne)
                    return modulus;
            }
        }
    }

    public static byte[] OffTheCurve
    {
        get
        {
            var point = SubjectPublicKey.Read(Some.NewP256()).Bits;
            point[^1] ^= 1;
            return Ec(SubjectPublicKey.P256Oid, point);
        }
    }

    /// <summary>A curve that PIV does not know.</summary>
    public static byte[] P521 => Some.NewEc(ECCurve.NamedCurves.nistP521);

    private static byte[] Ec(string curve, byte[] point) => Info(SubjectPublicKey.EcOid, Oid(curve), point);

    private static string Oid(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(oid);
        return Convert.ToHexString(writer.Encode());
    }

    private static byte[] Info(string oid, string parameters, byte[] bits)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(oid);
                if (parameters.Length > 0)
                    writer.WriteEncodedValue(Convert.FromHexString(parameters));
            }

            writer.WriteBitString(bits);
        }

        return writer.Encode();
    }

    private static BigInteger NextWithoutSmallFactors(BigInteger from)
    {
        while (!BigInteger.GreatestCommonDivisor(from, SmallPrimes).IsOne)
            from++;
        return from;
    }

    private static BigInteger RandomBits(int bits) => new(RandomNumberGenerator.GetBytes(bits / 8), isUnsigned: true);
}
