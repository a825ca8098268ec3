using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.CardSimulator;

/// <summary>What the PIV card application says of itself (SP 800-73-5 part 1, 3.3.2; part 2, 3.1.1).</summary>
internal static class PivApplication
{
    /// <summary>A000000308 (NIST), then the PIX with version 1.0.</summary>
    public static ReadOnlySpan<byte> Aid => [0xA0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00, 0x01, 0x00];

    public const int RidLength = 5;

    /// <summary>Value of the Discovery object: the AID, and the PIN usage policy 4000 (the card application's PIN only).</summary>
    public static byte[] DefaultDiscovery => [.. BerTlv.Encode(0x4F, Aid), .. BerTlv.Encode(0x5F2F, [0x40, 0x00])];

    /// <summary>The application property template that SELECT answers.</summary>
    public static byte[] PropertyTemplate(CardModel model)
    {
        var algorithms = new List<byte>();
        foreach (var algorithm in model.KeyAlgorithms.Prepend(model.AdministrationAlgorithm))
        {
            algorithms.AddRange(BerTlv.Encode(0x80, [(byte)algorithm]));
        }

        return BerTlv.Encode(0x61,
        [
            .. BerTlv.Encode(0x4F, Aid[RidLength..]),
            .. BerTlv.Encode(0x79, BerTlv.Encode(0x4F, Aid[..RidLength])),
            .. BerTlv.Encode(0x50, System.Text.Encoding.ASCII.GetBytes(model.Name)),
            .. BerTlv.Encode(0xAC, [.. algorithms, .. BerTlv.Encode(0x06, [0x00])]),
        ]);
    }

    /// <summary>Data objects that this card has room for: the standard's, and the vendor range 5FFFxx of the Yubico family.</summary>
    public static bool Knows(DataObject tag, CardModel model) =>
        tag.Tag is 0x7E or 0x7F61 or (>= 0x5FC101 and <= 0x5FC123) || (model.YubicoCompatible && tag.Tag is >= 0x5FFF00 and <= 0x5FFF15);

    /// <summary>
    /// Data objects that are read only after VERIFY (SP 800-73-5 part 1, table 2): fingerprints, facial image, printed
    /// information, iris images, pairing code.
    /// </summary>
    public static bool NeedsPasscode(DataObject tag) => tag.Tag is 0x5FC103 or 0x5FC108 or 0x5FC109 or 0x5FC121 or 0x5FC123;
}
