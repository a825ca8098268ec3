using System.Formats.Asn1;
using Evercard.Authority.Issuing;
using Evercard.Authority.Lint.Rules;
using Evercard.Authority.Profiles;
using Version = Evercard.Authority.Lint.Rules.Version;

namespace Evercard.Authority.Lint;

/// <summary>A rule: its name, where it is written, and a check that returns what is wrong, or null.</summary>
internal sealed record LintRule(string Name, string Source, Func<LintSubject, string?> Check);

/// <summary>Judges certificates before and after they are signed, by all rules.</summary>
internal static class Linter
{
    public static readonly IReadOnlyList<LintRule> Rules =
    [
        new("der-encoding", "X.690, 10 and 11", DerEncoding.Check),
        new("defaults-left-out", "X.690, 11.5", DefaultsLeftOut.Check),
        new("version", "RFC 5280, 4.1.2.1", Version.Check),
        new("serial-number", "RFC 5280, 4.1.2.2", SerialNumber.Check),
        new("signature-algorithm", "RFC 5280, 4.1.2.3", SignatureAlgorithm.Check),
        new("issuer-name", "RFC 5280, 4.1.2.4", IssuerName.Check),
        new("validity-order", "RFC 5280, 4.1.2.5", ValidityOrder.Check),
        new("validity-encoding", "RFC 5280, 4.1.2.5.1", ValidityEncoding.Check),
        new("validity-within-profile", "profile", ValidityWithinProfile.Check),
        new("validity-within-issuer", "RFC 5280, 6.1.3", ValidityWithinIssuer.Check),
        new("subject-attributes", "profile", SubjectAttributes.Check),
        new("subject-common-name", "RFC 5280, A.1", SubjectCommonName.Check),
        new("subject-serial-number", "RFC 5280, A.1", SubjectSerialNumber.Check),
        new("key-kind", "SP 800-78-5, 3.1", KeyKind.Check),
        new("key-parameters", "RFC 3279, 2.3; RFC 5480, 2.1.1", KeyParameters.Check),
        new("point-on-curve", "SP 800-56A, 5.6.2.3", PointOnCurve.Check),
        new("rsa-exponent", "FIPS 186-5, 5.4", RsaExponent.Check),
        new("rsa-small-factors", "SP 800-89, 5.3.3", RsaSmallFactors.Check),
        new("rsa-close-factors", "CVE-2022-26320", RsaCloseFactors.Check),
        new("rsa-roca", "CVE-2017-15361", RsaRoca.Check),
        new("unique-identifier", "RFC 5280, 4.1.2.8", UniqueIdentifier.Check),
        new("duplicate-extension", "RFC 5280, 4.2", DuplicateExtension.Check),
        new("unknown-extension", "RFC 5280, 4.2", UnknownExtension.Check),
        new("authority-key-identifier", "RFC 5280, 4.2.1.1", AuthorityKeyIdentifier.Check),
        new("subject-key-identifier", "RFC 5280, 4.2.1.2", SubjectKeyIdentifier.Check),
        new("key-usage", "RFC 5280, 4.2.1.3", KeyUsage.Check),
        new("certificate-policies", "RFC 5280, 4.2.1.4", CertificatePolicies.Check),
        new("subject-alternative-name", "RFC 5280, 4.2.1.6", SubjectAlternativeName.Check),
        new("basic-constraints", "RFC 5280, 4.2.1.9", BasicConstraints.Check),
        new("extended-key-usage", "RFC 5280, 4.2.1.12", ExtendedKeyUsage.Check),
        new("crl-distribution-point", "RFC 5280, 4.2.1.13", CrlDistributionPoint.Check),
        new("authority-information-access", "RFC 5280, 4.2.2.1", AuthorityInformationAccess.Check),
    ];

    /// <summary>Findings, each "rule: what is wrong"; none for a good certificate. Throws nothing, whatever the bytes are.</summary>
    public static IReadOnlyList<string> Check(
        ReadOnlyMemory<byte> toBeSigned, CertificateProfile profile, IssuerIdentity issuer, Publication publication, string upnDomain)
    {
        LintSubject subject;
        try
        {
            subject = new LintSubject(toBeSigned, profile, issuer, publication, upnDomain);
        }
        catch (Exception e) when (IsOfReading(e))
        {
            return [$"structure: {e.Message}"];
        }

        return [.. Rules.Select(rule => Finding(rule, subject)).OfType<string>()];
    }

    /// <summary>The signature of a certificate whose to-be-signed part was judged before: its algorithm is the one inside, and it verifies under the issuer's key.</summary>
    public static IReadOnlyList<string> CheckSignature(ReadOnlyMemory<byte> certificate, IssuerIdentity issuer)
    {
        try
        {
            return SignatureOfIssuer.Check(SignedCertificate.Read(certificate), issuer) is { } fault ? [$"signature: {fault}"] : [];
        }
        catch (Exception e) when (IsOfReading(e))
        {
            return [$"structure: {e.Message}"];
        }
    }

    // The reader throws ArgumentException where a tag is not one that it can be asked for.
    private static bool IsOfReading(Exception e) => e is AsnContentException or ArgumentException;

    private static string? Finding(LintRule rule, LintSubject subject)
    {
        try
        {
            return rule.Check(subject) is { } fault ? $"{rule.Name}: {fault}" : null;
        }
        catch (Exception e) when (IsOfReading(e))
        {
            return $"{rule.Name}: {e.Message}";
        }
    }
}
