using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv;

/// <content>Vendor commands of the Yubico family, also found in PivApplet and CanoKey. Not standard: only behind that card driver.</content>
public static partial class PivCommands
{
    /// <summary>Metadata of a key: algorithm, policy, origin, public key.</summary>
    public static CommandApdu GetMetadata(KeyReference key) =>
        Command(PivInstruction.GetMetadata, 0x00, (byte)key, default, CommandApdu.MaxShortLe);

    /// <summary>Serial number: 4 bytes, big endian.</summary>
    public static CommandApdu GetSerial() => Command(PivInstruction.GetSerial, 0x00, 0x00, default, CommandApdu.MaxShortLe);

    /// <summary>Version: 3 bytes.</summary>
    public static CommandApdu GetVersion() => Command(PivInstruction.GetVersion, 0x00, 0x00, default, CommandApdu.MaxShortLe);

    /// <summary>Sets 9B. Needs the present 9B. Call <see cref="CommandApdu.ZeroData"/> once it is sent.</summary>
    /// <param name="algorithm">3DES or AES.</param>
    /// <param name="key">16, 24 or 32 bytes, as the algorithm asks.</param>
    /// <exception cref="ArgumentException">The key does not fit the algorithm.</exception>
    public static CommandApdu SetManagementKey(PivAlgorithm algorithm, ReadOnlySpan<byte> key)
    {
        if (key.Length != algorithm.KeyLength())
        {
            throw new ArgumentException("The key does not fit the algorithm.", nameof(key));
        }

        // Touch is never asked for: P2 = FF.
        byte[] data = [(byte)algorithm, (byte)KeyReference.Administration, (byte)key.Length, .. key];
        return Command(PivInstruction.SetManagementKey, 0xFF, 0xFF, data, null);
    }
}
