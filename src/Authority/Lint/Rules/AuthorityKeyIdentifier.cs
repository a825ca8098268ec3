using System.Formats.Asn1;

namespace Evercard.Authority.Lint.Rules;

internal static class AuthorityKeyIdentifier
{
    public static string? Check(LintSubject subject)
    {
        if (subject.Fields.Extension(Oids.AuthorityKeyIdentifier) is not { } extension)
            return "the extension is missing.";
        if (extension.Critical)
            return "the extension is critical.";
        var fields = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        var identifier = fields.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0));
        // Issuer and serial number would tie the certificate to one certificate of its CA.
        if (fields.HasData)
            return "it says more than a key identifier.";
        return subject.Issuer.KeyIdentifier.Span.SequenceEqual(identifier) ? null : "it is not the issuer's subject key identifier.";
    }
}
