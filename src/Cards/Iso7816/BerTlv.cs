using System.Diagnostics.CodeAnalysis;

namespace Evercard.Cards.Iso7816;

/// <summary>How much a reading of BER-TLV forgives.</summary>
public enum TlvReading
{
    /// <summary>Every byte belongs to a TLV; lengths are in their shortest form.</summary>
    Strict,

    /// <summary>Real cards: padding (00 or FF) between and after TLVs, and lengths longer than needed, are passed over.</summary>
    Tolerant,
}

/// <summary>One data object in BER-TLV with a definite length (ISO/IEC 7816-4, 6.3).</summary>
/// <param name="Tag">1 to 3 tag bytes, big endian.</param>
/// <param name="Value">Value field.</param>
public readonly record struct BerTlv(int Tag, ReadOnlyMemory<byte> Value)
{
    /// <summary>Reads the TLVs that stand one after another; values are not looked into.</summary>
    /// <returns>False where the bytes break the rules of <paramref name="reading"/>; never throws.</returns>
    public static bool TryReadAll(ReadOnlyMemory<byte> bytes, TlvReading reading, [NotNullWhen(true)] out IReadOnlyList<BerTlv>? objects)
    {
        objects = null;
        var found = new List<BerTlv>();
        while (!bytes.IsEmpty)
        {
            if (reading == TlvReading.Tolerant && bytes.Span[0] is 0x00 or 0xFF)
            {
                bytes = bytes[1..];
                continue;
            }

            if (!TryReadOne(bytes, reading, out var one, out var used))
            {
                return false;
            }

            found.Add(one);
            bytes = bytes[used..];
        }

        objects = found;
        return true;
    }

    /// <summary>Reads the first TLV.</summary>
    /// <param name="bytes">Bytes that begin with a tag.</param>
    /// <param name="reading">What is forgiven.</param>
    /// <param name="tlv">The data object found.</param>
    /// <param name="used">Bytes that it takes, tag and length included.</param>
    /// <returns>False where there is none; never throws.</returns>
    public static bool TryReadOne(ReadOnlyMemory<byte> bytes, TlvReading reading, out BerTlv tlv, out int used)
    {
        tlv = default;
        used = 0;
        var span = bytes.Span;
        if (span.IsEmpty || span[0] is 0x00 or 0xFF)
        {
            // 00 and FF begin no tag (6.3).
            return false;
        }

        int tag = span[0];
        var at = 1;
        if ((tag & 0x1F) == 0x1F)
        {
            do
            {
                if (at >= span.Length || at > 2)
                {
                    return false;
                }

                tag = (tag << 8) | span[at];
            }
            while ((span[at++] & 0x80) != 0);
        }

        if (at >= span.Length)
        {
            return false;
        }

        int length = span[at++];
        if (length == 0x80 || length > 0x83)
        {
            return false;
        }

        if (length > 0x80)
        {
            var count = length - 0x80;
            if (span.Length - at < count)
            {
                return false;
            }

            length = 0;
            for (var i = 0; i < count; i++)
            {
                length = (length << 8) | span[at++];
            }

            var shortest = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
            if (reading == TlvReading.Strict && shortest != count)
            {
                return false;
            }
        }

        if (span.Length - at < length)
        {
            return false;
        }

        tlv = new BerTlv(tag, bytes.Slice(at, length));
        used = at + length;
        return true;
    }

    /// <summary>The first object with this tag, or null.</summary>
    public static ReadOnlyMemory<byte>? Find(IReadOnlyList<BerTlv> objects, int tag)
    {
        foreach (var one in objects)
        {
            if (one.Tag == tag)
            {
                return one.Value;
            }
        }

        return null;
    }

    /// <summary>One TLV around a value, with the shortest length field.</summary>
    public static byte[] Encode(int tag, ReadOnlySpan<byte> value)
    {
        byte[] tagBytes = tag switch
        {
            <= 0xFF => [(byte)tag],
            <= 0xFFFF => [(byte)(tag >> 8), (byte)tag],
            _ => [(byte)(tag >> 16), (byte)(tag >> 8), (byte)tag],
        };
        byte[] length = value.Length switch
        {
            < 0x80 => [(byte)value.Length],
            < 0x100 => [0x81, (byte)value.Length],
            < 0x10000 => [0x82, (byte)(value.Length >> 8), (byte)value.Length],
            _ => [0x83, (byte)(value.Length >> 16), (byte)(value.Length >> 8), (byte)value.Length],
        };
        return [.. tagBytes, .. length, .. value];
    }

    public byte[] Encode() => Encode(Tag, Value.Span);
}
