using System.Numerics;

namespace Evercard.Authority.Lint.Rules;

/// <summary>Fermat's factorisation, a hundred rounds: finds p and q that were drawn too close to each other (CVE-2022-26320).</summary>
internal static class RsaCloseFactors
{
    private const int Rounds = 100;

    // A square is one of 12 residues modulo 64: most candidates are ruled out by their last byte.
    private static readonly bool[] SquareModulo64 = SquaresModulo(64);

    public static string? Check(LintSubject subject)
    {
        if (!subject.Key.IsKnownRsa || subject.Key.Modulus.IsEven)
            return null;
        var modulus = subject.Key.Modulus;
        var a = SquareRoot(modulus);
        if (a * a < modulus)
            a++;
        for (var round = 0; round < Rounds; round++, a++)
        {
            var rest = a * a - modulus;
            if (!SquareModulo64[(int)(rest % 64)])
                continue;
            var root = SquareRoot(rest);
            if (root * root == rest)
                return "the modulus' factors lie close together.";
        }

        return null;
    }

    /// <summary>Newton's method from above; the largest integer whose square is not greater.</summary>
    public static BigInteger SquareRoot(BigInteger value)
    {
        if (value.IsZero)
            return value;
        var root = BigInteger.One << (int)((value.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + value / root) >> 1;
            if (next >= root)
                return root;
            root = next;
        }
    }

    private static bool[] SquaresModulo(int modulus)
    {
        var squares = new bool[modulus];
        for (var i = 0; i < modulus; i++)
            squares[i * i % modulus] = true;
        return squares;
    }
}
