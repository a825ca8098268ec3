using System.Numerics;
using System.Security.Cryptography;

namespace Evercard.CardSimulator.Keys;

/// <summary>
/// The bare RSA private operation: a PIV card gets the block with its padding already in it, and .NET's RSA has no
/// operation without padding. Chinese remainder form (RFC 8017, 5.1.2).
/// </summary>
internal static class RsaPrivateOperation
{
    /// <param name="key">Private key.</param>
    /// <param name="block">As long as the modulus.</param>
    /// <returns>The result, as long as the modulus; null where the block's number is not below the modulus.</returns>
    public static byte[]? Apply(RSAParameters key, ReadOnlySpan<byte> block)
    {
        var c = Number(block);
        if (c >= Number(key.Modulus))
        {
            return null;
        }

        var (p, q) = (Number(key.P), Number(key.Q));
        var m1 = BigInteger.ModPow(c % p, Number(key.DP), p);
        var m2 = BigInteger.ModPow(c % q, Number(key.DQ), q);
        var h = Number(key.InverseQ) * (m1 - m2) % p;
        var result = m2 + ((h.Sign < 0 ? h + p : h) * q);

        var bytes = new byte[key.Modulus!.Length];
        var size = result.GetByteCount(isUnsigned: true);
        result.TryWriteBytes(bytes.AsSpan(bytes.Length - size), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }

    /// <summary>Whether the two primes make the modulus: results are below it.</summary>
    public static bool IsWhole(RSAParameters key) => Number(key.P) * Number(key.Q) == Number(key.Modulus);

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
}
