using System.Formats.Asn1;

namespace Evercard.Authority.Lint.Rules;

internal static class CrlDistributionPoint
{
    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag UniformResourceIdentifier = new(TagClass.ContextSpecific, 6);

    public static string? Check(LintSubject subject)
    {
        var extension = subject.Fields.Extension(Oids.CrlDistributionPoints);
        if (!subject.Profile.CrlDistributionPoint)
            return extension is null ? null : "the profile has none.";
        if (extension is null)
            return "the extension is missing.";
        if (extension.Critical)
            return "the extension is critical.";

        var points = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        if (!points.HasData)
            return "the extension is empty.";
        while (points.HasData)
        {
            var fullName = points.ReadSequence().ReadSequence(Zero).ReadSequence(Zero);
            while (fullName.HasData)
            {
                if (!HttpAddress.IsOne(fullName.ReadCharacterString(UniversalTagNumber.IA5String, UniformResourceIdentifier)))
                    return "an address is not http.";
            }
        }

        return null;
    }
}
