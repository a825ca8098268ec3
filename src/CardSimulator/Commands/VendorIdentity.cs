using System.Buffers.Binary;
using Evercard.Cards.Iso7816;

namespace Evercard.CardSimulator.Commands;

/// <summary>Instructions F8 and FD of the Yubico family: serial number and version.</summary>
internal static class VendorIdentity
{
    public static ResponseApdu Serial(PivCard card, CommandApdu command)
    {
        var serial = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(serial, card.Image.SerialNumber);
        return ResponseApdu.Ok(serial);
    }

    /// <summary>5.4.3: metadata (from 5.3) and AES keys in 9B (from 5.4.2) are there.</summary>
    public static ResponseApdu Version(PivCard card, CommandApdu command) => ResponseApdu.Ok((byte[])[5, 4, 3]);
}
