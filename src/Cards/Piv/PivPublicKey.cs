using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv;

/// <summary>Public keys as the card tells them (SP 800-73-5 part 2, table 11).</summary>
public static class PivPublicKey
{
    private const int TemplateTag = 0x7F49;
    private const int ModulusTag = 0x81;
    private const int ExponentTag = 0x82;
    private const int PointTag = 0x86;

    /// <summary>Reads the answer to GENERATE ASYMMETRIC KEY PAIR: 7F49 with 81 modulus and 82 exponent, or 86 point.</summary>
    /// <param name="answer">Response data.</param>
    /// <param name="algorithm">The algorithm that was asked for.</param>
    /// <param name="subjectPublicKeyInfo">DER (RFC 5280, 4.1; RFC 5480).</param>
    /// <returns>
    /// False where there is no key of that algorithm: wrong length, a point off the curve, or a public exponent other than
    /// 65,537 (SP 800-78-5, 3.1). Never throws for an asymmetric algorithm.
    /// </returns>
    public static bool TryReadGenerated(
        ReadOnlyMemory<byte> answer, PivAlgorithm algorithm, [NotNullWhen(true)] out byte[]? subjectPublicKeyInfo)
    {
        subjectPublicKeyInfo = null;
        if (!BerTlv.TryReadOne(answer, TlvReading.Tolerant, out var template, out _) || template.Tag != TemplateTag)
        {
            return false;
        }

        return TryReadFields(template.Value, algorithm, out subjectPublicKeyInfo);
    }

    /// <summary>Reads the fields without their template, as the Yubico family tells them in key metadata.</summary>
    public static bool TryReadFields(
        ReadOnlyMemory<byte> fields, PivAlgorithm algorithm, [NotNullWhen(true)] out byte[]? subjectPublicKeyInfo)
    {
        subjectPublicKeyInfo = null;
        if (!algorithm.IsAsymmetric() || !BerTlv.TryReadAll(fields, TlvReading.Tolerant, out var found))
        {
            return false;
        }

        subjectPublicKeyInfo = algorithm.IsRsa()
            ? Rsa(BerTlv.Find(found, ModulusTag) ?? default, BerTlv.Find(found, ExponentTag) ?? default, algorithm.FieldLength())
            : Elliptic(BerTlv.Find(found, PointTag) ?? default, algorithm);
        return subjectPublicKeyInfo is not null;
    }

    private static byte[]? Rsa(ReadOnlyMemory<byte> modulusField, ReadOnlyMemory<byte> exponentField, int length)
    {
        var modulus = modulusField.Span.TrimStart((byte)0);
        var exponent = exponentField.Span.TrimStart((byte)0);
        if (modulus.Length != length || modulus[0] < 0x80 || (modulus[^1] & 1) == 0 || !exponent.SequenceEqual<byte>([0x01, 0x00, 0x01]))
        {
            return null;
        }

        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteIntegerUnsigned(modulus);
            key.WriteIntegerUnsigned(exponent);
        }

        return SubjectPublicKeyInfo("1.2.840.113549.1.1.1", null, key.Encode());
    }

    private static byte[]? Elliptic(ReadOnlyMemory<byte> pointField, PivAlgorithm algorithm)
    {
        var point = pointField.Span;
        var length = algorithm.FieldLength();
        if (point.Length != 1 + (2 * length) || point[0] != 0x04)
        {
            return null;
        }

        try
        {
            // Importing the point checks that it lies on the curve.
            using var check = ECDsa.Create(new ECParameters
            {
                Curve = algorithm == PivAlgorithm.P256 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384,
                Q = new ECPoint { X = point.Slice(1, length).ToArray(), Y = point[(1 + length)..].ToArray() },
            });
        }
        catch (CryptographicException)
        {
            return null;
        }

        return SubjectPublicKeyInfo("1.2.840.10045.2.1", algorithm == PivAlgorithm.P256 ? "1.2.840.10045.3.1.7" : "1.3.132.0.34", point);
    }

    private static byte[] SubjectPublicKeyInfo(string algorithm, string? curve, ReadOnlySpan<byte> key)
    {
        var info = new AsnWriter(AsnEncodingRules.DER);
        using (info.PushSequence())
        {
            using (info.PushSequence())
            {
                info.WriteObjectIdentifier(algorithm);
                if (curve is null)
                {
                    info.WriteNull();
                }
                else
                {
                    info.WriteObjectIdentifier(curve);
                }
            }

            info.WriteBitString(key);
        }

        return info.Encode();
    }
}
