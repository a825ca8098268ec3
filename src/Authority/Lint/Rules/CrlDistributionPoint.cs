using System.Formats.Asn1;

namespace Evercard.Authority.Lint.Rules;

/// <summary>One point with one address, ours. That it is http is seen to by <c>Publication</c> (RFC 5280, 8).</summary>
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
        var point = points.ReadSequence();
        var name = point.ReadSequence(Zero);
        var fullName = name.ReadSequence(Zero);
        if (fullName.ReadCharacterString(UniversalTagNumber.IA5String, UniformResourceIdentifier) != subject.Publication.CrlOf(subject.Profile.Issuer))
            return "the address is not where the issuer's CRL is published.";
        return fullName.HasData || name.HasData || point.HasData || points.HasData ? "it says more than the address of the issuer's CRL." : null;
    }
}
