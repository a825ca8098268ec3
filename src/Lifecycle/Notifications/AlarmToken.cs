using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Evercard.Lifecycle.Notifications;

/// <summary>
/// The secret in the link of a notification: 256 random bits. It is in the message alone; what stays is its hash, so that who reads the tables
/// can raise no alarm.
/// </summary>
public static class AlarmToken
{
    /// <summary>Where the link leads, before the token.</summary>
    public const string Path = "/not-me/";

    private const int Bytes = 32;

    /// <summary>32 bytes in base64url without padding (RFC 4648, 5).</summary>
    private const int Length = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Reads what stands in an address.</summary>
    /// <param name="text">Whatever came.</param>
    /// <param name="digest">What is stored of the token: SHA-256, upper-case hexadecimal.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? digest)
    {
        digest = text is { Length: Length } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? DigestOf(text) : null;
        return digest is not null;
    }

    internal static string DigestOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}
