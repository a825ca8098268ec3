using System.Formats.Asn1;
using System.Security.Cryptography;
using Evercard.Authority.Keys;
using Evercard.Authority.Profiles;

namespace Evercard.Authority.Issuing;

/// <summary>Writes the TBSCertificate of an order (RFC 5280, 4.1), in DER.</summary>
internal static class ToBeSigned
{
    /// <summary>16 random bytes with the top bits 01: a positive INTEGER of always 16 bytes, 126 of its bits random.</summary>
    public static byte[] NewSerialNumber()
    {
        var serialNumber = RandomNumberGenerator.GetBytes(16);
        serialNumber[0] = (byte)(serialNumber[0] & 0x3F | 0x40);
        return serialNumber;
    }

    public static byte[] Write(
        CertificateOrder order,
        CertificateProfile profile,
        IssuerIdentity issuer,
        LeafExtensions extensions,
        ReadOnlySpan<byte> serialNumber,
        DateTimeOffset notBefore)
    {
        var key = SubjectPublicKey.Read(order.PublicKey);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                writer.WriteInteger(2);
            writer.WriteInteger(serialNumber);
            writer.WriteEncodedValue(issuer.Scheme.AlgorithmIdentifier);
            writer.WriteEncodedValue(issuer.Name.Span);
            using (writer.PushSequence())
            {
                WriteTime(writer, notBefore);
                WriteTime(writer, order.NotAfter);
            }

            WriteSubject(writer, order, profile);
            writer.WriteEncodedValue(order.PublicKey.Span);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
            using (writer.PushSequence())
            {
                foreach (var extension in extensions.For(order, profile, key, issuer))
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteObjectIdentifier(extension.Oid!.Value!);
                        if (extension.Critical)
                            writer.WriteBoolean(true);
                        writer.WriteOctetString(extension.RawData);
                    }
                }
            }
        }

        return writer.Encode();
    }

    /// <summary>UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280, 4.1.2.5).</summary>
    private static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time.UtcDateTime.Year < 2050)
            writer.WriteUtcTime(time, twoDigitYearMax: 2049);
        else
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
    }

    private static void WriteSubject(AsnWriter writer, CertificateOrder order, CertificateProfile profile)
    {
        using var name = writer.PushSequence();
        foreach (var attribute in profile.Subject)
        {
            using (writer.PushSetOf())
            using (writer.PushSequence())
            {
                if (attribute == SubjectAttribute.CommonName)
                {
                    writer.WriteObjectIdentifier(Oids.CommonName);
                    writer.WriteCharacterString(UniversalTagNumber.UTF8String, order.CommonName);
                }
                else
                {
                    // RFC 5280, A.1: X520SerialNumber is a PrintableString.
                    writer.WriteObjectIdentifier(Oids.SerialNumber);
                    writer.WriteCharacterString(UniversalTagNumber.PrintableString, order.SubjectSerialNumber);
                }
            }
        }
    }
}
