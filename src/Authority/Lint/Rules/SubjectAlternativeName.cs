using System.Formats.Asn1;
using Evercard.Authority.Profiles;

namespace Evercard.Authority.Lint.Rules;

/// <summary>The names of the profile, in that order; the UPN is made of the subject's serialNumber.</summary>
internal static class SubjectAlternativeName
{
    private static readonly Asn1Tag OtherName = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag UniformResourceIdentifier = new(TagClass.ContextSpecific, 6);

    public static string? Check(LintSubject subject)
    {
        var expected = subject.Profile.SubjectAlternativeNames;
        if (subject.Fields.Extension(Oids.SubjectAlternativeName) is not { } extension)
            return expected.Count == 0 ? null : "the extension is missing.";
        // RFC 5280, 4.2.1.6: critical only where the subject is empty.
        if (extension.Critical)
            return "the extension is critical.";

        var names = new AsnReader(extension.Value, AsnEncodingRules.DER).ReadSequence();
        foreach (var kind in expected)
        {
            if (!names.HasData || !(kind == AlternativeName.Upn ? IsUpn(names, subject) : IsCardUuid(names)))
                return $"{kind} is missing or wrong.";
        }

        return names.HasData ? "there are more names than the profile has." : null;
    }

    private static bool IsUpn(AsnReader names, LintSubject subject)
    {
        if (!names.PeekTag().HasSameClassAndValue(OtherName))
            return false;
        var name = names.ReadSequence(OtherName);
        if (name.ReadObjectIdentifier() != Oids.UserPrincipalName)
            return false;
        var value = name.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
        var upn = value.ReadCharacterString(UniversalTagNumber.UTF8String);
        var serialNumber = subject.Subject.FirstOrDefault(attribute => attribute.Oid == Oids.SerialNumber)?.Text;
        return upn == $"{serialNumber}@{subject.UpnDomain}" && !value.HasData && !name.HasData;
    }

    private static bool IsCardUuid(AsnReader names)
    {
        const string Prefix = "urn:uuid:";
        if (!names.PeekTag().HasSameClassAndValue(UniformResourceIdentifier))
            return false;
        var uri = names.ReadCharacterString(UniversalTagNumber.IA5String, UniformResourceIdentifier);
        return uri.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(uri[Prefix.Length..], "D", out var uuid) && uuid != Guid.Empty;
    }
}
