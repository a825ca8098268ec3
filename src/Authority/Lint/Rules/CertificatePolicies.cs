using System.Formats.Asn1;

namespace Evercard.Authority.Lint.Rules;

internal static class CertificatePolicies
{
    public static string? Check(LintSubject subject)
    {
        var policies = new List<string>();
        if (subject.Fields.Extension(Oids.CertificatePolicies) is { } extension)
        {
            if (extension.Critical)
                return "the extension is critical.";
            var list = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
            while (list.HasData)
                policies.Add(list.ReadSequence().ReadObjectIdentifier());
        }

        return policies.SequenceEqual(subject.Profile.CertificatePolicies, StringComparer.Ordinal) ? null : "they are not those of the profile.";
    }
}
