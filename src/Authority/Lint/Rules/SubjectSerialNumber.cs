using System.Formats.Asn1;

namespace Evercard.Authority.Lint.Rules;

internal static class SubjectSerialNumber
{
    public static string? Check(LintSubject subject)
    {
        foreach (var attribute in subject.Subject.Where(attribute => attribute.Oid == Oids.SerialNumber))
        {
            if (attribute.StringType != UniversalTagNumber.PrintableString)
                return "it is not a PrintableString.";
            if (attribute.Text.Length != 12 || !attribute.Text.All(char.IsAsciiDigit))
                return "it is not 12 digits.";
        }

        return null;
    }
}
