namespace Evercard.Authority.Lint.Rules;

/// <summary>
/// The fingerprint of keys from a faulty Infineon library, found in many smartcards (ROCA, CVE-2017-15361): modulo each of the first odd primes,
/// the modulus is a power of 65537. By chance that happens once in 2^27 or less.
/// </summary>
internal static class RsaRoca
{
    public static readonly IReadOnlyList<int> Primes = [.. RsaSmallFactors.Primes.Where(prime => prime is > 2 and <= 167)];

    private static readonly IReadOnlyList<(int Prime, bool[] IsPower)> Powers = [.. Primes.Select(prime => (prime, PowersOf65537(prime)))];

    public static string? Check(LintSubject subject) =>
        subject.Key.IsKnownRsa && Powers.All(entry => entry.IsPower[(int)(subject.Key.Modulus % entry.Prime)])
            ? "the key comes from a generator with the ROCA fault."
            : null;

    private static bool[] PowersOf65537(int prime)
    {
        var isPower = new bool[prime];
        for (var power = 1; !isPower[power]; power = power * (65537 % prime) % prime)
            isPower[power] = true;
        return isPower;
    }
}
