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

        var hasIssuer = false;
        var descriptions = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        while (descriptions.HasData)
        {
            var description = descriptions.ReadSequence();
            hasIssuer |= description.ReadObjectIdentifier() == Oids.CaIssuers;
            if (!HttpAddress.IsOne(description.ReadCharacterString(UniversalTagNumber.IA5String, UniformResourceIdentifier)))
                return "an address is not http.";
        }

        return hasIssuer ? null : "the issuer's certificate has no address.";
    }
}
