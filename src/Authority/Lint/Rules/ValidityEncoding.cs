using System.Formats.Asn1;
using Evercard.Authority.Issuing;

namespace Evercard.Authority.Lint.Rules;

/// <summary>UTCTime through 2049, GeneralizedTime from 2050; seconds, no fractions, Z.</summary>
internal static class ValidityEncoding
{
    public static string? Check(LintSubject subject) =>
        Fault("notBefore", subject.Fields.NotBefore) ?? Fault("notAfter", subject.Fields.NotAfter);

    private static string? Fault(string field, TimeField time)
    {
        var expected = time.At.UtcDateTime.Year < 2050 ? UniversalTagNumber.UtcTime : UniversalTagNumber.GeneralizedTime;
        if (time.Tag != expected)
            return $"{field} must be a {expected}.";
        var form = expected == UniversalTagNumber.UtcTime ? "YYMMDDHHMMSSZ" : "YYYYMMDDHHMMSSZ";
        return time.Text.Length == form.Length && time.Text[^1] == 'Z' ? null : $"{field} must have the form {form}.";
    }
}
