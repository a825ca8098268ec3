namespace Evercard.Authority.Lint.Rules;

/// <summary>Odd, at least 65537, below 2^256 (FIPS 186-5, 5.4).</summary>
internal static class RsaExponent
{
    public static string? Check(LintSubject subject)
    {
        if (!subject.Key.IsKnownRsa)
            return null;
        var exponent = subject.Key.Exponent;
        if (exponent.IsEven || exponent < 65537)
            return "it is even, or less than 65537.";
        return exponent.GetBitLength() > 256 ? "it is longer than 256 bits." : null;
    }
}
