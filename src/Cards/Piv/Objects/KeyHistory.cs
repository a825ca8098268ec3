using System.Diagnostics.CodeAnalysis;
using System.Text;
using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv.Objects;

/// <summary>Key history object (SP 800-73-5 part 1, 3.3.3 and table 19): retired key management keys.</summary>
/// <param name="WithCertificateOnCard">How many retired keys have their certificate on the card, 0 to 20.</param>
/// <param name="WithCertificateElsewhere">How many have it at <paramref name="Url"/> only, 0 to 20.</param>
/// <param name="Url">Where those certificates are; null where there are none.</param>
public sealed record KeyHistory(int WithCertificateOnCard, int WithCertificateElsewhere, string? Url)
{
    private const int OnCardTag = 0xC1;
    private const int ElsewhereTag = 0xC2;
    private const int UrlTag = 0xF3;
    private const int ErrorDetectionCodeTag = 0xFE;
    private const int MostUrlBytes = 118;

    /// <summary>Reads the contents of the data object.</summary>
    /// <returns>False where the two counts are missing or the URL is too long; never throws.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> contents, [NotNullWhen(true)] out KeyHistory? history)
    {
        history = null;
        if (!BerTlv.TryReadAll(contents, TlvReading.Tolerant, out var fields)
            || BerTlv.Find(fields, OnCardTag) is not { Length: 1 } onCard
            || BerTlv.Find(fields, ElsewhereTag) is not { Length: 1 } elsewhere)
        {
            return false;
        }

        var url = BerTlv.Find(fields, UrlTag) ?? default;
        if (url.Length > MostUrlBytes)
        {
            return false;
        }

        history = new KeyHistory(onCard.Span[0], elsewhere.Span[0], url.IsEmpty ? null : Encoding.ASCII.GetString(url.Span));
        return true;
    }

    /// <summary>The contents for PUT DATA.</summary>
    public byte[] Encode() =>
    [
        .. BerTlv.Encode(OnCardTag, [(byte)WithCertificateOnCard]),
        .. BerTlv.Encode(ElsewhereTag, [(byte)WithCertificateElsewhere]),
        .. Url is null ? [] : BerTlv.Encode(UrlTag, Encoding.ASCII.GetBytes(Url)),
        .. BerTlv.Encode(ErrorDetectionCodeTag, default),
    ];
}
