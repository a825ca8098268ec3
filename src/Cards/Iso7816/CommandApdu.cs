using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Evercard.Cards.Iso7816;

/// <summary>A command APDU (ISO/IEC 7816-4, 5.2), short or extended.</summary>
/// <param name="Cla">Class byte; bit 5 (0x10) marks a link of a command chain.</param>
/// <param name="Ins">Instruction byte.</param>
/// <param name="P1">First parameter.</param>
/// <param name="P2">Second parameter.</param>
/// <param name="Data">Command data field, 0 to 65,535 bytes.</param>
/// <param name="Le">Expected length: null for none, otherwise 1 to 65,536 (256 and 65,536 mean "as much as there is").</param>
public sealed record CommandApdu(byte Cla, byte Ins, byte P1, byte P2, ReadOnlyMemory<byte> Data = default, int? Le = null)
{
    public const int MaxShortData = 255;
    public const int MaxShortLe = 256;
    public const int MaxExtendedData = 65_535;
    public const int MaxExtendedLe = 65_536;

    private const byte ChainingBit = 0x10;

    public bool IsChained => (Cla & ChainingBit) != 0;

    /// <summary>True where the short form cannot carry this command.</summary>
    public bool NeedsExtendedLength => Data.Length > MaxShortData || Le > MaxShortLe;

    /// <summary>The bytes on the wire, in the short form where it suffices.</summary>
    /// <exception cref="InvalidOperationException">Data or Le is out of range.</exception>
    public byte[] ToBytes()
    {
        if (Data.Length > MaxExtendedData || Le is < 1 or > MaxExtendedLe)
        {
            throw new InvalidOperationException("A command APDU carries at most 65,535 bytes and expects 1 to 65,536.");
        }

        var extended = NeedsExtendedLength;
        var lcSize = Data.Length == 0 ? 0 : extended ? 3 : 1;
        var leSize = Le is null ? 0 : !extended ? 1 : Data.Length == 0 ? 3 : 2;
        var bytes = new byte[4 + lcSize + Data.Length + leSize];
        (bytes[0], bytes[1], bytes[2], bytes[3]) = (Cla, Ins, P1, P2);
        if (lcSize == 1)
        {
            bytes[4] = (byte)Data.Length;
        }
        else if (lcSize == 3)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(5), (ushort)Data.Length);
        }

        Data.Span.CopyTo(bytes.AsSpan(4 + lcSize));
        if (leSize == 1)
        {
            bytes[^1] = (byte)Le!.Value;
        }
        else if (leSize > 1)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(bytes.Length - 2), (ushort)Le!.Value);
        }

        return bytes;
    }

    /// <summary>Reads one command APDU: ISO/IEC 7816-4 cases 1 to 4, short and extended.</summary>
    /// <returns>False where the bytes are no command APDU; never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CommandApdu? command)
    {
        command = null;
        if (bytes.Length < 4)
        {
            return false;
        }

        CommandApdu Make(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data, int? le) =>
            new(header[0], header[1], header[2], header[3], data.ToArray(), le);

        var body = bytes[4..];
        if (body.Length == 0)
        {
            command = Make(bytes, default, null);
        }
        else if (body.Length == 1)
        {
            command = Make(bytes, default, body[0] == 0 ? MaxShortLe : body[0]);
        }
        else if (body[0] != 0)
        {
            int lc = body[0];
            if (body.Length == 1 + lc)
            {
                command = Make(bytes, body[1..], null);
            }
            else if (body.Length == 2 + lc)
            {
                command = Make(bytes, body[1..^1], body[^1] == 0 ? MaxShortLe : body[^1]);
            }
        }
        else if (body.Length >= 3)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(body[1..]);
            if (body.Length == 3)
            {
                command = Make(bytes, default, length == 0 ? MaxExtendedLe : length);
            }
            else if (length != 0 && body.Length == 3 + length)
            {
                command = Make(bytes, body[3..], null);
            }
            else if (length != 0 && body.Length == 5 + length)
            {
                int le = BinaryPrimitives.ReadUInt16BigEndian(body[^2..]);
                command = Make(bytes, body[3..^2], le == 0 ? MaxExtendedLe : le);
            }
        }

        return command is not null;
    }

    /// <summary>Zeroes the data field, which held a secret; the command is of no use afterwards.</summary>
    public void ZeroData() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsMemory(Data).Span);

    /// <summary>The header only: command data may hold a passcode.</summary>
    public override string ToString() => $"{Cla:X2} {Ins:X2} {P1:X2} {P2:X2} ({Data.Length} bytes)";

    public bool Equals(CommandApdu? other) =>
        other is not null && (Cla, Ins, P1, P2, Le) == (other.Cla, other.Ins, other.P1, other.P2, other.Le)
        && CryptographicOperations.FixedTimeEquals(Data.Span, other.Data.Span);

    public override int GetHashCode() => HashCode.Combine(Cla, Ins, P1, P2, Data.Length, Le);
}
