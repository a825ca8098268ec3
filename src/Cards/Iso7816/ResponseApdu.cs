using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Evercard.Cards.Iso7816;

/// <summary>A response APDU: data field and status word (ISO/IEC 7816-4, 5.3).</summary>
public sealed record ResponseApdu(ReadOnlyMemory<byte> Data, StatusWord Status)
{
    public static ResponseApdu Of(StatusWord status) => new(default, status);

    public static ResponseApdu Ok(ReadOnlyMemory<byte> data = default) => new(data, StatusWord.Success);

    /// <summary>Reads the bytes that a card answered.</summary>
    /// <returns>False where there is no status word or more data than 65,536 bytes; never throws.</returns>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ResponseApdu? response)
    {
        response = bytes.Length is < 2 or > 65_538
            ? null
            : new ResponseApdu(bytes[..^2].ToArray(), new StatusWord(BinaryPrimitives.ReadUInt16BigEndian(bytes[^2..])));
        return response is not null;
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Data.Length + 2];
        Data.Span.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(Data.Length), Status.Value);
        return bytes;
    }

    public override string ToString() => $"{Status} ({Data.Length} bytes)";
}
