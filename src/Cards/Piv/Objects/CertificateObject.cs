using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv.Objects;

/// <summary>A certificate on a card: 70 certificate, 71 CertInfo, FE (SP 800-73-5 part 1, tables 10 and 15 to 17).</summary>
public static class CertificateObject
{
    /// <summary>Bound on a certificate once it is unpacked: no card holds more, and a small packed object can claim gigabytes.</summary>
    public const int MaxCertificateBytes = 16 * 1024;

    private const int CertificateTag = 0x70;
    private const int CertInfoTag = 0x71;
    private const int ErrorDetectionCodeTag = 0xFE;
    private const byte GzipBit = 0x01;

    /// <summary>The contents for PUT DATA, not compressed.</summary>
    /// <param name="certificate">DER.</param>
    public static byte[] Encode(ReadOnlySpan<byte> certificate) => Contents(certificate, certInfo: 0x00);

    /// <summary>The contents with the certificate packed by gzip, as other programs write them.</summary>
    public static byte[] EncodeCompressed(ReadOnlySpan<byte> certificate)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            gzip.Write(certificate);
        }

        return Contents(packed.ToArray(), GzipBit);
    }

    /// <summary>Reads the contents of the data object, packed or not.</summary>
    /// <param name="contents">What stands inside 53.</param>
    /// <param name="certificate">What should be a certificate in DER; nothing in it was checked.</param>
    /// <returns>False where there is none, or one larger than <see cref="MaxCertificateBytes"/>; never throws.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> contents, [NotNullWhen(true)] out byte[]? certificate)
    {
        certificate = null;
        if (!BerTlv.TryReadAll(contents, TlvReading.Tolerant, out var fields)
            || BerTlv.Find(fields, CertificateTag) is not { IsEmpty: false, Length: <= MaxCertificateBytes } stored)
        {
            return false;
        }

        var info = BerTlv.Find(fields, CertInfoTag) ?? default;
        var compressed = !info.IsEmpty && (info.Span[0] & GzipBit) != 0;
        certificate = compressed ? Unpack(stored) : stored.ToArray();
        return certificate is not null;
    }

    private static byte[] Contents(ReadOnlySpan<byte> certificate, byte certInfo) =>
    [
        .. BerTlv.Encode(CertificateTag, certificate),
        .. BerTlv.Encode(CertInfoTag, [certInfo]),
        .. BerTlv.Encode(ErrorDetectionCodeTag, default),
    ];

    private static byte[]? Unpack(ReadOnlyMemory<byte> packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        var unpacked = new byte[MaxCertificateBytes + 1];
        try
        {
            var length = gzip.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false);
            return length is 0 or > MaxCertificateBytes ? null : unpacked[..length];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
