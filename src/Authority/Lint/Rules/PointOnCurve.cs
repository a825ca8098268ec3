using System.Globalization;
using System.Numerics;
using Evercard.Authority.Keys;

namespace Evercard.Authority.Lint.Rules;

/// <summary>The point is uncompressed, and lies on its curve y² = x³ − 3x + b mod p. Both curves have cofactor 1: on the curve is in the group.</summary>
internal static class PointOnCurve
{
    private static readonly Curve P256 = new(
        32,
        Hex("FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"),
        Hex("5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B"));

    private static readonly Curve P384 = new(
        48,
        Hex("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF"),
        Hex("B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF"));

    private sealed record Curve(int Size, BigInteger P, BigInteger B);

    public static string? Check(LintSubject subject)
    {
        var curve = subject.Key.Algorithm switch
        {
            KeyAlgorithm.P256 => P256,
            KeyAlgorithm.P384 => P384,
            _ => null,
        };
        if (curve is null)
            return null;

        var point = subject.Key.Bits;
        if (point.Length != 1 + 2 * curve.Size || point[0] != 0x04)
            return "the point is not in uncompressed form.";
        var x = new BigInteger(point.AsSpan(1, curve.Size), isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(point.AsSpan(1 + curve.Size), isUnsigned: true, isBigEndian: true);
        if (x >= curve.P || y >= curve.P)
            return "a coordinate is not reduced.";
        // ((x² + p − 3) x + b − y²) mod p
        return (((x * x + curve.P - 3) * x + curve.B - y * y) % curve.P).IsZero ? null : "the point is not on its curve.";
    }

    private static BigInteger Hex(string digits) => BigInteger.Parse("0" + digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
