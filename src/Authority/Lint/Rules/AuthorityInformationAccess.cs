using System.Formats.Asn1;

namespace Evercard.Authority.Lint.Rules;

internal static class AuthorityInformationAccess
{
    private static readonly Asn1Tag UniformResourceIdentifier = new(TagClass.ContextSpecific, 6);

    public static string? Check(LintSubject subject)
    {
        var extension = subject.Fields.Extension(Oids.AuthorityInformationAccess);
        if (!subject.Profile.AuthorityInformationAccess)
            return extension is null ? null : "the profile has none.";
        if (extension is null)
            return "the extension is missing.";
        if (extension.Critical)
            return "the extension is critical.";

        var descriptions = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        var description = descriptions.ReadSequence();
        if (description.ReadObjectIdentifier() != Oids.CaIssuers)
            return "the issuer's certificate has no address.";
        if (description.ReadCharacterString(UniversalTagNumber.IA5String, UniformResourceIdentifier) != subject.Publication.CertificateOf(subject.Profile.Issuer))
            return "the address is not where the issuer's certificate is published.";
        return description.HasData || descriptions.HasData ? "it says more than the address of the issuer's certificate." : null;
    }
}
