using System.Formats.Asn1;

namespace Evercard.Authority.Lint.Rules;

/// <summary>NULL for RSA (RFC 3279, 2.3.1); a named curve and nothing else for EC (RFC 5480, 2.1.1).</summary>
internal static class KeyParameters
{
    public static string? Check(LintSubject subject)
    {
        var algorithm = new AsnReader(subject.Fields.SubjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        algorithm.ReadObjectIdentifier();
        if (!algorithm.HasData || algorithm.PeekTag() != (subject.Key.IsRsa ? Asn1Tag.Null : Asn1Tag.ObjectIdentifier))
            return "the algorithm's parameters are not those of this kind of key.";
        algorithm.ReadEncodedValue();
        return algorithm.HasData ? "something follows the algorithm's parameters." : null;
    }
}
