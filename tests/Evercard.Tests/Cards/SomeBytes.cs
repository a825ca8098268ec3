using FsCheck;
using FsCheck.Fluent;

namespace Evercard.Tests.Cards;

/// <summary>Bytes that a card, a reader or an attacker might send.</summary>
internal static class SomeBytes
{
    public static Arbitrary<byte[]> Any { get; } = Gen.Choose(0, 300).SelectMany(Of).ToArbitrary();

    /// <summary>Valid bytes with up to four faults: a byte changed, inserted or dropped, an end cut off, a part repeated.</summary>
    public static Arbitrary<byte[]> Damaged(byte[] valid) =>
        Gen.Choose(1, 4)
            .SelectMany(faults => Gen.Choose(0, int.MaxValue - 1).ArrayOf(3 * faults))
            .Select(choices => choices.Chunk(3).Aggregate(valid, (bytes, choice) => Fault(bytes, choice[0], choice[1], choice[2])))
            .ToArbitrary();

    public static Gen<byte[]> Of(int length) => Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(length);

    private static byte[] Fault(byte[] bytes, int kind, int where, int what)
    {
        if (bytes.Length == 0)
        {
            return [(byte)what];
        }

        var at = where % bytes.Length;
        return (kind % 5) switch
        {
            0 => [.. bytes[..at], (byte)what, .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], (byte)what, .. bytes[at..]],
            2 => [.. bytes[..at], .. bytes[(at + 1)..]],
            3 => bytes[..at],
            _ => [.. bytes[..at], .. bytes[(what % bytes.Length)..]],
        };
    }
}
