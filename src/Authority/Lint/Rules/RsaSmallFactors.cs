using System.Numerics;

namespace Evercard.Authority.Lint.Rules;

/// <summary>A modulus from a broken generator may have a factor that anybody finds.</summary>
internal static class RsaSmallFactors
{
    public static readonly IReadOnlyList<int> Primes = PrimesBelow(752);

    private static readonly BigInteger Product = Primes.Aggregate(BigInteger.One, (product, prime) => product * prime);

    public static string? Check(LintSubject subject) =>
        !subject.Key.IsKnownRsa || BigInteger.GreatestCommonDivisor(subject.Key.Modulus, Product).IsOne ? null : "the modulus has a factor below 752.";

    private static List<int> PrimesBelow(int limit)
    {
        var primes = new List<int>();
        for (var candidate = 2; candidate < limit; candidate++)
        {
            if (primes.TrueForAll(prime => candidate % prime != 0))
                primes.Add(candidate);
        }

        return primes;
    }
}
