using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator.Storage;

namespace Evercard.CardSimulator.Commands;

/// <summary>Instruction F7 of the Yubico family: what is known of a key, the passcode or the PUK, without proof.</summary>
internal static class GetMetadata
{
    private const int AlgorithmTag = 0x01;
    private const int PolicyTag = 0x02;
    private const int OriginTag = 0x03;
    private const int PublicKeyTag = 0x04;
    private const int IsDefaultTag = 0x05;
    private const int TriesTag = 0x06;

    private const byte PinAlgorithm = 0xFF;
    private const byte PinNever = 0x01;
    private const byte PinOnce = 0x02;
    private const byte PinAlways = 0x03;
    private const byte TouchNever = 0x01;
    private const byte Generated = 0x01;

    public static ResponseApdu Process(PivCard card, CommandApdu command)
    {
        if (command.P1 != 0x00)
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        var image = card.Image;
        return command.P2 switch
        {
            (byte)ReferenceData.Passcode => Of(image.Passcode, CardImage.FactoryPasscode),
            (byte)ReferenceData.Puk => Of(image.Puk, CardImage.FactoryPuk),
            (byte)KeyReference.Administration => ResponseApdu.Ok((byte[])
            [
                .. BerTlv.Encode(AlgorithmTag, [(byte)image.Administration.Algorithm]),
                .. BerTlv.Encode(PolicyTag, [0x00, TouchNever]),
                .. BerTlv.Encode(IsDefaultTag, [Flag(image.Administration.IsFactory)]),
            ]),
            _ => Of(image, (KeyReference)command.P2),
        };
    }

    private static ResponseApdu Of(StoredReference reference, ReadOnlySpan<byte> factory) => ResponseApdu.Ok((byte[])
    [
        .. BerTlv.Encode(AlgorithmTag, [PinAlgorithm]),
        .. BerTlv.Encode(IsDefaultTag, [Flag(reference.Value.AsSpan().SequenceEqual(factory))]),
        .. BerTlv.Encode(TriesTag, [(byte)reference.Tries, (byte)reference.TriesLeft]),
    ]);

    private static ResponseApdu Of(CardImage image, KeyReference reference)
    {
        if (image.Key(reference) is not { } key)
        {
            return ResponseApdu.Of(StatusWord.ReferencedDataNotFound);
        }

        var pin = reference switch
        {
            KeyReference.Signature => PinAlways,
            KeyReference.CardAuthentication => PinNever,
            _ => PinOnce,
        };
        return ResponseApdu.Ok((byte[])
        [
            .. BerTlv.Encode(AlgorithmTag, [(byte)key.Algorithm]),
            .. BerTlv.Encode(PolicyTag, [pin, TouchNever]),
            .. BerTlv.Encode(OriginTag, [Generated]),
            .. BerTlv.Encode(PublicKeyTag, key.PublicKeyObjects()),
        ]);
    }

    private static byte Flag(bool value) => value ? (byte)1 : (byte)0;
}
