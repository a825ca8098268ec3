using System.Formats.Asn1;

namespace Evercard.Authority;

/// <summary>Object identifiers of certificates and their extensions.</summary>
internal static class Oids
{
    public const string CommonName = "2.5.4.3";
    public const string SerialNumber = "2.5.4.5";

    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAlternativeName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string CrlDistributionPoints = "2.5.29.31";
    public const string CertificatePolicies = "2.5.29.32";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string ExtendedKeyUsage = "2.5.29.37";
    public const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";

    public const string CaIssuers = "1.3.6.1.5.5.7.48.2";
    public const string UserPrincipalName = "1.3.6.1.4.1.311.20.2.3";

    public static bool IsOid(string text)
    {
        try
        {
            new AsnWriter(AsnEncodingRules.DER).WriteObjectIdentifier(text);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
