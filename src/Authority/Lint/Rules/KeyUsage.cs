using System.Formats.Asn1;

namespace Evercard.Authority.Lint.Rules;

internal static class KeyUsage
{
    public static string? Check(LintSubject subject)
    {
        if (subject.Fields.Extension(Oids.KeyUsage) is not { } extension)
            return "the extension is missing.";
        if (!extension.Critical)
            return "the extension is not critical.";
        var bits = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadNamedBitList();
        var set = Enumerable.Range(0, bits.Length).Where(bit => bits[bit]);
        return set.SequenceEqual(subject.Profile.KeyUsage.Select(bit => (int)bit).Order()) ? null : "its bits are not those of the profile.";
    }
}
