using System.Formats.Asn1;

namespace Evercard.Authority.Lint.Rules;

internal static class SubjectKeyIdentifier
{
    public static string? Check(LintSubject subject)
    {
        if (subject.Fields.Extension(Oids.SubjectKeyIdentifier) is not { } extension)
            return "the extension is missing.";
        if (extension.Critical)
            return "the extension is critical.";
        var identifier = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadOctetString();
        return identifier.AsSpan().SequenceEqual(subject.Key.Identifier) ? null : "it is not that of the key.";
    }
}
