using System.Diagnostics.CodeAnalysis;
using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv.Objects;

/// <summary>Security object (SP 800-73-5 part 1, 3.1.7 and table 12): the issuer's signature over hashes of other objects.</summary>
/// <param name="ContainerOf">Container identifier by data group number, from the mapping BA.</param>
/// <param name="Signature">CMS signed data, as it is.</param>
public sealed record SecurityObject(IReadOnlyDictionary<int, int> ContainerOf, ReadOnlyMemory<byte> Signature)
{
    private const int MappingTag = 0xBA;
    private const int SignatureTag = 0xBB;
    private const int MappingEntry = 3;

    /// <summary>Reads the contents of the data object.</summary>
    /// <returns>False where a field is missing or the mapping is no sequence of 3-byte entries; never throws.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> contents, [NotNullWhen(true)] out SecurityObject? security)
    {
        security = null;
        if (!BerTlv.TryReadAll(contents, TlvReading.Tolerant, out var fields)
            || BerTlv.Find(fields, MappingTag) is not { } mapping || mapping.Length % MappingEntry != 0
            || BerTlv.Find(fields, SignatureTag) is not { } signature)
        {
            return false;
        }

        var containers = new Dictionary<int, int>();
        for (var at = 0; at < mapping.Length; at += MappingEntry)
        {
            var entry = mapping.Span.Slice(at, MappingEntry);
            containers[entry[0]] = (entry[1] << 8) | entry[2];
        }

        security = new SecurityObject(containers, signature);
        return true;
    }
}
