using System.Security.Cryptography;
using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv.Objects;

/// <summary>Card capability container (SP 800-73-5 part 1, 3.1.1 and table 8): every PIV card has one, few programs read it.</summary>
public static class CardCapabilityContainer
{
    private const int CardIdentifierTag = 0xF0;
    private const int ContainerVersionTag = 0xF1;
    private const int GrammarVersionTag = 0xF2;
    private const int Pkcs15Tag = 0xF4;
    private const int DataModelTag = 0xF5;
    private const int ErrorDetectionCodeTag = 0xFE;
    private const byte Version21 = 0x21;
    private const byte PivDataModel = 0x10;

    /// <summary>GSC-RID of the card identifier, manufacturer "FF" and type "JavaCard" (GSC-IS 2.1, 6.2).</summary>
    private static readonly byte[] CardIdentifierStart = [0xA0, 0x00, 0x00, 0x01, 0x16, 0xFF, 0x02];

    /// <summary>The contents with a given card identifier and nothing optional.</summary>
    /// <param name="cardId">14 bytes, unique to the card.</param>
    /// <exception cref="ArgumentException">Not 14 bytes.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> cardId)
    {
        if (cardId.Length != 14)
        {
            throw new ArgumentException("A card identifier ends in 14 bytes of its own.", nameof(cardId));
        }

        return
        [
            .. BerTlv.Encode(CardIdentifierTag, [.. CardIdentifierStart, .. cardId]),
            .. BerTlv.Encode(ContainerVersionTag, [Version21]),
            .. BerTlv.Encode(GrammarVersionTag, [Version21]),
            .. Empty(0xF3),
            .. BerTlv.Encode(Pkcs15Tag, [0x00]),
            .. BerTlv.Encode(DataModelTag, [PivDataModel]),
            .. Empty(0xF6), .. Empty(0xF7), .. Empty(0xFA), .. Empty(0xFB), .. Empty(0xFC), .. Empty(0xFD),
            .. Empty(ErrorDetectionCodeTag),
        ];
    }

    /// <summary>As <see cref="Encode(ReadOnlySpan{byte})"/>, with a random card identifier.</summary>
    public static byte[] Encode() => Encode(RandomNumberGenerator.GetBytes(14));

    private static byte[] Empty(int tag) => BerTlv.Encode(tag, default);
}
