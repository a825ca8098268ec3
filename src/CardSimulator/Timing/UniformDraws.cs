using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Evercard.CardSimulator.Timing;

/// <summary>Draws from the open interval 0 to 1.</summary>
public static class UniformDraws
{
    public static Func<double> Random() => () => Fraction(BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)));

    /// <summary>The same draws for the same seed: the hashes of a counter.</summary>
    public static Func<double> Seeded(long seed)
    {
        var counter = 0L;
        return () =>
        {
            Span<byte> input = stackalloc byte[16];
            BinaryPrimitives.WriteInt64LittleEndian(input, seed);
            BinaryPrimitives.WriteInt64LittleEndian(input[8..], counter++);
            return Fraction(BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(input)));
        };
    }

    private static double Fraction(ulong bits) => ((bits >> 11) + 0.5) / (1UL << 53);
}
