using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Evercard.Registry.Audit;

/// <summary>The bytes that an audit event stands for, and their hash.</summary>
/// <remarks>
/// Every field is preceded by one byte for its presence and four for its length (big-endian), so that no two different events have the
/// same bytes. Order: domain, previous hash (32 bytes), sequence (8), UTC ticks (8), kind, operation, smartcard (16 bytes each,
/// big-endian), person, agent, number of facts (8), then each fact's name and text, sorted by name (ordinal). Text is UTF-8.
/// </remarks>
public static class AuditHash
{
    /// <summary>What no other hash in Evercard begins with. A change of the encoding needs another number.</summary>
    private const string Domain = "Evercard audit event 1";

    // Lone surrogates would all become the same replacement character: refused instead.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Previous hash of the first event: 32 zero bytes.</summary>
    public static byte[] Start => new byte[SHA256.HashSizeInBytes];

    /// <exception cref="EncoderFallbackException">A text is not well-formed Unicode.</exception>
    public static byte[] Of(AuditEvent what) => SHA256.HashData(Encode(what));

    /// <summary>See the remarks of this type.</summary>
    public static byte[] Encode(AuditEvent what)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Add(bytes, Domain);
        Add(bytes, what.PreviousHash);
        Add(bytes, what.Sequence);
        Add(bytes, what.At.UtcTicks);
        Add(bytes, what.Kind);
        Add(bytes, what.OperationId?.ToByteArray(bigEndian: true));
        Add(bytes, what.SmartcardId?.ToByteArray(bigEndian: true));
        Add(bytes, what.PersonUuid);
        Add(bytes, what.AgentId);
        Add(bytes, (long)what.Facts.Count);
        foreach (var (name, fact) in what.Facts.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            Add(bytes, name);
            Add(bytes, fact);
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void Add(ArrayBufferWriter<byte> bytes, string? field) => Add(bytes, field is null ? null : Utf8.GetBytes(field));

    private static void Add(ArrayBufferWriter<byte> bytes, long number)
    {
        var field = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(field, number);
        Add(bytes, field);
    }

    private static void Add(ArrayBufferWriter<byte> bytes, byte[]? field)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = field is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], field?.Length ?? 0);
        bytes.Write(head);
        bytes.Write(field);
    }
}
