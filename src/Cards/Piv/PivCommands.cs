using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv;

/// <summary>
/// The commands of the PIV card application (SP 800-73-5 part 2), as command APDUs. Nothing is sent here. Commands may be
/// longer than a short APDU: <see cref="CommandChaining"/> splits them.
/// </summary>
public static partial class PivCommands
{
    /// <summary>AID of the PIV card application with its version 01 00 (SP 800-73-5 part 1, 2.2).</summary>
    public static readonly ReadOnlyMemory<byte> ApplicationIdentifier =
        new byte[] { 0xA0, 0x00, 0x00, 0x03, 0x08, 0x00, 0x00, 0x10, 0x00, 0x01, 0x00 };

    private const int WholeObject = 0x3FFF;
    private const int TagList = 0x5C;
    private const int DataField = 0x53;

    /// <summary>
    /// SELECT the PIV card application (part 2, 3.1.1). Selected a second time, it keeps the security status by the standard;
    /// many cards clear it, passcode and 9B alike. Rely on neither.
    /// </summary>
    public static CommandApdu Select() => Command(PivInstruction.Select, 0x04, 0x00, ApplicationIdentifier, CommandApdu.MaxShortLe);

    /// <summary>GET DATA (part 2, 3.1.2).</summary>
    public static CommandApdu GetData(DataObject which) =>
        Command(PivInstruction.GetData, WholeObject >> 8, WholeObject & 0xFF, BerTlv.Encode(TagList, which.TagBytes()), CommandApdu.MaxShortLe);

    /// <summary>PUT DATA (part 2, 3.3.1). Needs 9B.</summary>
    /// <param name="which">The object.</param>
    /// <param name="contents">What stands inside 53; for the discovery object, inside 7E. Empty erases the object.</param>
    public static CommandApdu PutData(DataObject which, ReadOnlySpan<byte> contents)
    {
        // The discovery object is its own template: neither tag list nor data field.
        byte[] data = which == DataObject.Discovery
            ? BerTlv.Encode(which.Tag, contents)
            : [.. BerTlv.Encode(TagList, which.TagBytes()), .. BerTlv.Encode(DataField, contents)];
        return Command(PivInstruction.PutData, WholeObject >> 8, WholeObject & 0xFF, data, null);
    }

    /// <summary>GENERATE ASYMMETRIC KEY PAIR (part 2, 3.3.2): the old private key is gone. Needs 9B. Answer: <see cref="PivPublicKey"/>.</summary>
    /// <exception cref="ArgumentException">The algorithm is symmetric.</exception>
    public static CommandApdu GenerateKeyPair(KeyReference key, PivAlgorithm algorithm)
    {
        if (!algorithm.IsAsymmetric())
        {
            throw new ArgumentException("A key pair needs an asymmetric algorithm.", nameof(algorithm));
        }

        byte[] template = BerTlv.Encode(0xAC, BerTlv.Encode(0x80, [(byte)algorithm]));
        return Command(PivInstruction.GenerateAsymmetricKeyPair, 0x00, (byte)key, template, CommandApdu.MaxShortLe);
    }

    private static CommandApdu Command(byte instruction, int p1, int p2, ReadOnlyMemory<byte> data, int? le) =>
        new(0x00, instruction, (byte)p1, (byte)p2, data, le);
}
