using System.Formats.Asn1;
using Evercard.Authority.Issuing;
using Evercard.Authority.Profiles;

namespace Evercard.Authority.Lint;

/// <summary>A rule: its name, where it is written, and a check that returns what is wrong, or null.</summary>
internal sealed record LintRule(string Name, string Source, Func<LintSubject, string?> Check);

/// <summary>Judges certificates before and after they are signed, by all rules.</summary>
internal static class Linter
{
    public static readonly IReadOnlyList<LintRule> Rules =
    [
        new("serial-number", "RFC 5280, 4.1.2.2", SerialNumber.Check),
    ];

    /// <summary>Findings, each "rule: what is wrong"; none for a good certificate.</summary>
    public static IReadOnlyList<string> Check(ReadOnlyMemory<byte> toBeSigned, CertificateProfile profile, IssuerIdentity issuer, string upnDomain)
    {
        LintSubject subject;
        try
        {
            subject = new LintSubject(toBeSigned, profile, issuer, upnDomain);
        }
        catch (Exception e) when (e is AsnContentException or ArgumentException)
        {
            return [$"structure: {e.Message}"];
        }

        return [.. Rules.Select(rule => Finding(rule, subject)).OfType<string>()];
    }

    /// <summary>As <c>Check</c>, and the signature: its algorithm is the one inside, and it verifies under the issuer's key.</summary>
    public static IReadOnlyList<string> CheckSigned(ReadOnlyMemory<byte> certificate, CertificateProfile profile, IssuerIdentity issuer, string upnDomain)
    {
        SignedCertificate signed;
        try
        {
            signed = SignedCertificate.Read(certificate);
        }
        catch (AsnContentException e)
        {
            return [$"structure: {e.Message}"];
        }

        var findings = Check(signed.ToBeSigned, profile, issuer, upnDomain);
        return SignatureOfIssuer.Check(signed, issuer) is { } fault ? [.. findings, $"signature: {fault}"] : findings;
    }

    private static string? Finding(LintRule rule, LintSubject subject)
    {
        try
        {
            return rule.Check(subject) is { } fault ? $"{rule.Name}: {fault}" : null;
        }
        catch (AsnContentException e)
        {
            return $"{rule.Name}: {e.Message}";
        }
    }
}
