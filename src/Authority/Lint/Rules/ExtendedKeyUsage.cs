using System.Formats.Asn1;

namespace Evercard.Authority.Lint.Rules;

internal static class ExtendedKeyUsage
{
    public static string? Check(LintSubject subject)
    {
        var purposes = new List<string>();
        if (subject.Fields.Extension(Oids.ExtendedKeyUsage) is { } extension)
        {
            // Either is allowed; a critical one would make relying parties that do not read it refuse the certificate.
            if (extension.Critical)
                return "the extension is critical.";
            var list = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
            while (list.HasData)
                purposes.Add(list.ReadObjectIdentifier());
            if (purposes.Count == 0)
                return "the extension is empty.";
        }

        return purposes.SequenceEqual(subject.Profile.ExtendedKeyUsage, StringComparer.Ordinal) ? null : "its purposes are not those of the profile.";
    }
}
