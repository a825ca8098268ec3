using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Evercard.Authority;
using Evercard.Authority.Keys;

namespace Evercard.Tests.Authority.Lint;

/// <summary>For each rule, what breaks it and nothing else.</summary>
internal static class BrokenSamples
{
    public static readonly (string Rule, string Fault, Action<CertificateSample> Break)[] All =
    [
        ("der-encoding", "a NULL with content in the parameters of a key", s => s.PublicKey = BrokenKeys.Rsa(BrokenKeys.GoodModulus, parameters: "050100")),
        ("defaults-left-out", "critical FALSE", s => s.SaysNotCritical = Oids.SubjectKeyIdentifier),
        ("version", "version 2", s => s.Version = WriteVersion2),
        ("serial-number", "negative", s => s.SerialNumber[0] |= 0x80),
        ("serial-number", "15 octets", s => s.SerialNumber = s.SerialNumber[..15]),
        ("serial-number", "21 octets", s => s.SerialNumber = [0x40, .. new byte[20]]),
        ("signature-algorithm", "SHA-1", s => s.SignatureAlgorithm = Convert.FromHexString("300906072A8648CE3D0401")),
        ("signature-algorithm", "another kind of key", s => s.SignatureAlgorithm = SignatureScheme.For(KeyAlgorithm.P384).AlgorithmIdentifier),
        ("issuer-name", "another name", s => s.IssuerName = new X500DistinguishedName("CN=Another CA").RawData),
        ("validity-order", "notAfter before notBefore", s => s.NotAfter = s.NotBefore.AddSeconds(-1)),
        ("validity-encoding", "GeneralizedTime before 2050", s => s.NotAfterDer = CertificateSample.GeneralizedTime(s.NotAfter)),
        ("validity-within-profile", "a day too long", s => s.NotAfter = s.NotBefore.AddDays(741)),
        ("validity-within-issuer", "begins before the issuer", s => s.NotBefore = Backwards(s, CertificateSample.Issuer.NotBefore.AddSeconds(-1))),
        ("validity-within-issuer", "outlives the issuer", s => s.NotBefore = Forwards(s, CertificateSample.Issuer.NotAfter.AddSeconds(1))),
        ("subject-attributes", "a second common name", s => s.Subject.Add(s.Subject[0])),
        ("subject-attributes", "another order", s => s.Subject.Reverse()),
        ("subject-common-name", "65 characters", s => Name(s, new string('x', 65))),
        ("subject-common-name", "a blank at the end", s => Name(s, "Thandiwe Okafor ")),
        ("subject-common-name", "a line break", s => Name(s, "Thandiwe\nOkafor")),
        ("subject-common-name", "text turned round", s => Name(s, "Thandiwe \u202Erofako")),
        ("subject-common-name", "a soft hyphen, U+00AD", s => Name(s, "Oka\u00ADfor")),
        ("subject-common-name", "an Arabic letter mark, U+061C", s => Name(s, "Oka\u061Cfor")),
        ("subject-common-name", "a zero-width space, U+200B", s => Name(s, "Oka\u200Bfor")),
        ("subject-common-name", "a right-to-left mark, U+200F", s => Name(s, "Oka\u200Ffor")),
        ("subject-common-name", "a word joiner, U+2060", s => Name(s, "Oka\u2060for")),
        ("subject-common-name", "a byte order mark, U+FEFF", s => Name(s, "Oka\uFEFFfor")),
        ("subject-common-name", "a tag letter, U+E0041", s => Name(s, "Oka\U000E0041for")),
        ("subject-common-name", "an IA5String", s => s.Subject[0] = s.Subject[0] with { Type = UniversalTagNumber.IA5String }),
        ("subject-serial-number", "a UTF8String", s => s.Subject[1] = s.Subject[1] with { Type = UniversalTagNumber.UTF8String }),
        ("key-kind", "P-521", s => s.PublicKey = BrokenKeys.P521),
        ("key-kind", "2047 bits", s => s.PublicKey = BrokenKeys.Rsa(BrokenKeys.Of2047Bits)),
        ("key-parameters", "RSA without NULL", s => s.PublicKey = BrokenKeys.Rsa(BrokenKeys.GoodModulus, parameters: "")),
        ("point-on-curve", "another y", s => s.PublicKey = BrokenKeys.OffTheCurve),
        ("rsa-exponent", "3", s => s.PublicKey = BrokenKeys.Rsa(BrokenKeys.GoodModulus, exponent: 3)),
        ("rsa-exponent", "even", s => s.PublicKey = BrokenKeys.Rsa(BrokenKeys.GoodModulus, exponent: 65538)),
        ("rsa-small-factors", "751", s => s.PublicKey = BrokenKeys.Rsa(BrokenKeys.WithFactor751)),
        ("rsa-close-factors", "neighbours", s => s.PublicKey = BrokenKeys.Rsa(BrokenKeys.WithCloseFactors)),
        ("rsa-roca", "powers of 65537", s => s.PublicKey = BrokenKeys.Rsa(BrokenKeys.WithRocaFingerprint)),
        ("unique-identifier", "of the subject", s => s.HasUniqueIdentifier = true),
        ("duplicate-extension", "two key identifiers", s => s.Extensions.Add(s.Extensions.First(e => e.Oid!.Value == Oids.SubjectKeyIdentifier))),
        ("unknown-extension", "critical", s => s.Extensions.Add(new X509Extension("1.3.6.1.4.1.99999.1", [0x05, 0x00], critical: true))),
        ("unknown-extension", "not critical", s => s.Extensions.Add(new X509Extension("1.3.6.1.4.1.99999.1", [0x05, 0x00], critical: false))),
        ("authority-key-identifier", "missing", s => s.Remove(Oids.AuthorityKeyIdentifier)),
        ("authority-key-identifier", "another CA's", s => s.Replace(Oids.AuthorityKeyIdentifier, _ => X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(new byte[20]))),
        ("authority-key-identifier", "the issuer's name too", s => s.Replace(Oids.AuthorityKeyIdentifier, _ => AuthorityKeyIdentifierWith("A10482027830"))),
        ("authority-key-identifier", "the issuer's serial number too", s => s.Replace(Oids.AuthorityKeyIdentifier, _ => AuthorityKeyIdentifierWith("820101"))),
        ("subject-key-identifier", "missing", s => s.Remove(Oids.SubjectKeyIdentifier)),
        ("subject-key-identifier", "another key's", s => s.Replace(Oids.SubjectKeyIdentifier, _ => new X509SubjectKeyIdentifierExtension(new byte[20], critical: false))),
        ("key-usage", "missing", s => s.Remove(Oids.KeyUsage)),
        ("key-usage", "not critical", s => s.Replace(Oids.KeyUsage, e => new X509Extension(e, critical: false))),
        ("key-usage", "keyCertSign too", s => s.Replace(Oids.KeyUsage, _ => new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true))),
        ("certificate-policies", "one that the profile has not", s => s.Extensions.Add(new X509Extension(Oids.CertificatePolicies, Convert.FromHexString("3008300606042A030405"), critical: false))),
        ("subject-alternative-name", "missing", s => s.Remove(Oids.SubjectAlternativeName)),
        ("subject-alternative-name", "somebody else's UPN", s => s.Replace(Oids.SubjectAlternativeName, _ => Names("555000000000@" + CertificateSample.UpnDomain, "urn:uuid:" + Some.CardUuid))),
        ("subject-alternative-name", "a URI that is no UUID", s => s.Replace(Oids.SubjectAlternativeName, _ => Names("555012345678@" + CertificateSample.UpnDomain, "urn:uuid:1"))),
        ("basic-constraints", "a CA", s => s.Replace(Oids.BasicConstraints, _ => new X509BasicConstraintsExtension(true, false, 0, critical: true))),
        ("basic-constraints", "not critical", s => s.Replace(Oids.BasicConstraints, e => new X509Extension(e, critical: false))),
        ("extended-key-usage", "missing", s => s.Remove(Oids.ExtendedKeyUsage)),
        ("extended-key-usage", "server authentication", s => s.Replace(Oids.ExtendedKeyUsage, _ => new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false))),
        ("extended-key-usage", "critical", s => s.Replace(Oids.ExtendedKeyUsage, e => new X509Extension(e, critical: true))),
        ("crl-distribution-point", "missing", s => s.Remove(Oids.CrlDistributionPoints)),
        ("crl-distribution-point", "ldap", s => s.Replace(Oids.CrlDistributionPoints, _ => Uris(Oids.CrlDistributionPoints, "ldap://pki.evercard.example/crl"))),
        ("crl-distribution-point", "somebody else's host", s => s.Replace(Oids.CrlDistributionPoints, _ => Uris(Oids.CrlDistributionPoints, "http://pki.elsewhere.example/crl/authentication.crl"))),
        ("crl-distribution-point", "the other CA's list", s => s.Replace(Oids.CrlDistributionPoints, _ => Uris(Oids.CrlDistributionPoints, "http://pki.evercard.example/crl/signature.crl"))),
        ("crl-distribution-point", "a second address", s => s.Replace(Oids.CrlDistributionPoints, _ => Uris(Oids.CrlDistributionPoints, "http://pki.evercard.example/crl/authentication.crl", "http://pki.elsewhere.example/crl"))),
        ("authority-information-access", "missing", s => s.Remove(Oids.AuthorityInformationAccess)),
        ("authority-information-access", "https", s => s.Replace(Oids.AuthorityInformationAccess, _ => Uris(Oids.AuthorityInformationAccess, "https://pki.evercard.example/ca/authentication.cer"))),
        ("authority-information-access", "somebody else's host", s => s.Replace(Oids.AuthorityInformationAccess, _ => Uris(Oids.AuthorityInformationAccess, "http://pki.elsewhere.example/ca/authentication.cer"))),
        ("authority-information-access", "a second address", s => s.Replace(Oids.AuthorityInformationAccess, _ => Uris(Oids.AuthorityInformationAccess, "http://pki.evercard.example/ca/authentication.cer", "http://pki.elsewhere.example/ca"))),
        ("authority-information-access", "no issuer", s => s.Replace(Oids.AuthorityInformationAccess, _ => new X509AuthorityInformationAccessExtension(["http://pki.evercard.example/ocsp"], null))),
    ];

    private static void Name(CertificateSample sample, string name) => sample.Subject[0] = sample.Subject[0] with { Text = name };

    private static void WriteVersion2(AsnWriter writer)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            writer.WriteInteger(1);
    }

    // The other end moves too, so that the certificate stays within its profile.
    private static DateTimeOffset Backwards(CertificateSample sample, DateTimeOffset notBefore)
    {
        sample.NotAfter = notBefore.AddDays(1);
        return notBefore;
    }

    private static DateTimeOffset Forwards(CertificateSample sample, DateTimeOffset notAfter)
    {
        sample.NotAfter = notAfter;
        return notAfter.AddDays(-1);
    }

    private static X509Extension Uris(string oid, params string[] addresses) => oid == Oids.CrlDistributionPoints
        ? CertificateRevocationListBuilder.BuildCrlDistributionPointExtension(addresses)
        : new X509AuthorityInformationAccessExtension(null, addresses);

    private static X509Extension AuthorityKeyIdentifierWith(string field)
    {
        var identifier = Convert.FromHexString("8014").Concat(CertificateSample.Issuer.KeyIdentifier.ToArray());
        byte[] content = [.. identifier, .. Convert.FromHexString(field)];
        return new X509Extension(Oids.AuthorityKeyIdentifier, [0x30, (byte)content.Length, .. content], critical: false);
    }

    private static X509Extension Names(string upn, string uri)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddUserPrincipalName(upn);
        names.AddUri(new Uri(uri));
        return names.Build();
    }
}
