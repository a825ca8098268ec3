using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Evercard.Protocol;

/// <summary>Messages to and from the bytes of one WebSocket text frame (UTF-8).</summary>
public static class MessageCodec
{
    /// <summary>Longer frames close the link.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The version of the protocol that this code speaks.</summary>
    public const int ProtocolVersion = 1;

    /// <summary>Reads one message.</summary>
    /// <param name="utf8">A whole frame.</param>
    /// <param name="message">The message, all of whose values keep the rules of their type.</param>
    /// <param name="fault">Why there is none, without quoting the frame.</param>
    /// <returns>False for anything that is no message; never throws.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, [NotNullWhen(true)] out Message? message, [NotNullWhen(false)] out string? fault)
    {
        message = null;
        if (utf8.Length > MaxBytes)
        {
            fault = "the frame is too long";
            return false;
        }

        try
        {
            var read = JsonSerializer.Deserialize(utf8, MessageJson.Default.Message);
            fault = read is null ? "the frame is empty" : read.FindFault();
            message = fault is null ? read : null;
            return fault is null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or FormatException or ArgumentException)
        {
            // The exception's own words quote the frame; only the place is told.
            fault = e is JsonException { BytePositionInLine: { } at } ? $"no message of this protocol (byte {at})" : "no message of this protocol";
            return false;
        }
    }

    /// <summary>The bytes of one frame.</summary>
    /// <exception cref="InvalidOperationException">The message breaks its own rules or is longer than <see cref="MaxBytes"/>.</exception>
    public static byte[] Encode(Message message)
    {
        if (message.FindFault() is { } fault)
        {
            throw new InvalidOperationException($"{message} cannot be sent: {fault}.");
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, MessageJson.Default.Message);
        return bytes.Length <= MaxBytes ? bytes : throw new InvalidOperationException($"{message} is longer than {MaxBytes} bytes.");
    }
}
