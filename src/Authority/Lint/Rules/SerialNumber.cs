namespace Evercard.Authority.Lint.Rules;

internal static class SerialNumber
{
    public static string? Check(LintSubject subject)
    {
        var octets = subject.Fields.SerialNumber.Span;
        if ((octets[0] & 0x80) != 0)
            return "it is negative.";
        if (octets.Length > 20)
            return "it is longer than 20 octets.";
        return octets.Length < 16 ? "it is shorter than 16 octets: too little randomness." : null;
    }
}
