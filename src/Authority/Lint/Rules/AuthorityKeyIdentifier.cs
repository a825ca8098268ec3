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
        var identifier = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence().ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0));
        return subject.Issuer.KeyIdentifier.Span.SequenceEqual(identifier) ? null : "it is not the issuer's subject key identifier.";
    }
}
