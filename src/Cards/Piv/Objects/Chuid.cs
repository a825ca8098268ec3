using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv.Objects;

/// <summary>
/// Card holder unique identifier (SP 800-73-5 part 1, 3.1.2 and table 9). Anybody can read and copy it: it is a hint of the
/// card's identity, 9B confirms it.
/// </summary>
/// <param name="FascN">25 bytes.</param>
/// <param name="CardUuid">GUID of the card.</param>
/// <param name="ExpiryDate">Last day of the card itself.</param>
/// <param name="CardholderUuid">Optional.</param>
/// <param name="Signature">Issuer's CMS signature; empty where the card has none.</param>
public sealed record Chuid(
    ReadOnlyMemory<byte> FascN,
    Guid CardUuid,
    DateOnly ExpiryDate,
    Guid? CardholderUuid = null,
    ReadOnlyMemory<byte> Signature = default)
{
    private const int FascNTag = 0x30;
    private const int GuidTag = 0x34;
    private const int ExpiryDateTag = 0x35;
    private const int CardholderUuidTag = 0x36;
    private const int SignatureTag = 0x3E;
    private const int ErrorDetectionCodeTag = 0xFE;
    private const int GuidLength = 16;
    private const string DateFormat = "yyyyMMdd";

    /// <summary>Reads the contents of the data object.</summary>
    /// <returns>False where there is no 16-byte GUID or no date; never throws. Other fields may be missing.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> contents, [NotNullWhen(true)] out Chuid? chuid)
    {
        chuid = null;
        if (!BerTlv.TryReadAll(contents, TlvReading.Tolerant, out var fields)
            || BerTlv.Find(fields, GuidTag) is not { Length: GuidLength } guid
            || BerTlv.Find(fields, ExpiryDateTag) is not { Length: 8 } date
            || !TryReadDate(date.Span, out var expiryDate))
        {
            return false;
        }

        chuid = new Chuid(
            BerTlv.Find(fields, FascNTag) ?? default,
            new Guid(guid.Span, bigEndian: true),
            expiryDate,
            BerTlv.Find(fields, CardholderUuidTag) is { Length: GuidLength } cardholder ? new Guid(cardholder.Span, bigEndian: true) : null,
            BerTlv.Find(fields, SignatureTag) ?? default);
        return true;
    }

    /// <summary>The contents for PUT DATA.</summary>
    /// <exception cref="InvalidOperationException">The FASC-N has not 25 bytes.</exception>
    public byte[] Encode()
    {
        if (FascN.Length != Objects.FascN.Length)
        {
            throw new InvalidOperationException("A FASC-N has 25 bytes.");
        }

        var contents = new ArrayBufferWriter<byte>();
        contents.Write(BerTlv.Encode(FascNTag, FascN.Span));
        contents.Write(BerTlv.Encode(GuidTag, CardUuid.ToByteArray(bigEndian: true)));
        contents.Write(BerTlv.Encode(ExpiryDateTag, Encoding.ASCII.GetBytes(ExpiryDate.ToString(DateFormat, CultureInfo.InvariantCulture))));
        if (CardholderUuid is { } cardholder)
        {
            contents.Write(BerTlv.Encode(CardholderUuidTag, cardholder.ToByteArray(bigEndian: true)));
        }

        contents.Write(BerTlv.Encode(SignatureTag, Signature.Span));
        contents.Write(BerTlv.Encode(ErrorDetectionCodeTag, default));
        return contents.WrittenSpan.ToArray();
    }

    private static bool TryReadDate(ReadOnlySpan<byte> digits, out DateOnly date) =>
        DateOnly.TryParseExact(Encoding.ASCII.GetString(digits), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
