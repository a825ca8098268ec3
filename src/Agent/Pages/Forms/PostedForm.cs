using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Evercard.Agent.CardScripts;
using Evercard.Cards.Piv;
using Microsoft.AspNetCore.Http;

namespace Evercard.Agent.Pages.Forms;

/// <summary>
/// A posted form, read here and not by the framework: that makes strings of passcodes, which nobody can zero. The fields lie in
/// memory that the garbage collector does not move, and are zeroed at disposal.
/// </summary>
public sealed class PostedForm : IDisposable
{
    /// <summary>Bytes of the longest form.</summary>
    public const int MostBytes = 8_192;

    private const int MostFields = 16;
    private const int LongestName = 32;
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private readonly byte[] values = GC.AllocateArray<byte>(MostBytes, pinned: true);
    private readonly Dictionary<string, (int Start, int Length)> fields = new(StringComparer.Ordinal);
    private int used;

    private PostedForm()
    {
    }

    /// <returns>Null where the body is too long or no form.</returns>
    public static async Task<PostedForm?> Read(HttpRequest request, CancellationToken cancellation)
    {
        var body = GC.AllocateArray<byte>(MostBytes + 1, pinned: true);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation);
            return length <= MostBytes && TryParse(body.AsSpan(0, length), out var form) ? form : null;
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(body);
        }
    }

    /// <summary>application/x-www-form-urlencoded: at most 16 fields with plain names, none of them twice.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out PostedForm? form)
    {
        form = new PostedForm();
        foreach (var range in body.Split((byte)'&'))
        {
            var field = body[range];
            if (!field.IsEmpty && !form.TryAdd(field))
            {
                form.Dispose();
                form = null;
                return false;
            }
        }

        return true;
    }

    /// <summary>A field that is no secret; null where it is missing or no text.</summary>
    public string? Text(string name)
    {
        try
        {
            return fields.TryGetValue(name, out var at) ? Utf8.GetString(values, at.Start, at.Length) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    public int? Number(string name) =>
        int.TryParse(Text(name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Takes a passcode out of a field; spaces around it, as pasting brings them, do not count.</summary>
    public bool TryHold(string name, TimeProvider time, [NotNullWhen(true)] out HeldPasscode? passcode)
    {
        Span<char> digits = stackalloc char[PasscodeFormat.MaxLength];
        try
        {
            passcode = null;
            return TryCopyDigits(name, digits, out var length) && HeldPasscode.TryHold(digits[..length], time, out passcode);
        }
        finally
        {
            digits.Clear();
        }
    }

    /// <summary>See <see cref="EasyPasscode"/>.</summary>
    public bool IsEasy(string name)
    {
        Span<char> digits = stackalloc char[PasscodeFormat.MaxLength];
        try
        {
            return TryCopyDigits(name, digits, out var length) && EasyPasscode.IsEasy(digits[..length]);
        }
        finally
        {
            digits.Clear();
        }
    }

    /// <summary>Whether two fields hold the same.</summary>
    public bool AreSame(string name, string other) => CryptographicOperations.FixedTimeEquals(Value(name), Value(other));

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(values);
        fields.Clear();
    }

    private ReadOnlySpan<byte> Value(string name) => fields.TryGetValue(name, out var at) ? values.AsSpan(at.Start, at.Length).Trim((byte)' ') : default;

    private bool TryCopyDigits(string name, Span<char> digits, out int length)
    {
        var value = Value(name);
        length = value.Length;
        if (length > digits.Length || value.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        for (var i = 0; i < length; i++)
        {
            digits[i] = (char)value[i];
        }

        return true;
    }

    private bool TryAdd(ReadOnlySpan<byte> field)
    {
        var equals = field.IndexOf((byte)'=');
        if (equals is < 1 or > LongestName || fields.Count == MostFields)
        {
            return false;
        }

        foreach (var letter in field[..equals])
        {
            if (!char.IsAsciiLetterLower((char)letter) && letter != '-')
            {
                return false;
            }
        }

        var start = used;
        return TryDecode(field[(equals + 1)..]) && fields.TryAdd(Encoding.ASCII.GetString(field[..equals]), (start, used - start));
    }

    /// <summary>Percent-encoding, and "+" for a space.</summary>
    private bool TryDecode(ReadOnlySpan<byte> encoded)
    {
        for (var i = 0; i < encoded.Length; i++)
        {
            var value = (int)encoded[i];
            if (value == '%')
            {
                if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit((char)encoded[i + 1]) || !char.IsAsciiHexDigit((char)encoded[i + 2]))
                {
                    return false;
                }

                value = (HexValue(encoded[i + 1]) << 4) | HexValue(encoded[i + 2]);
                i += 2;
            }

            values[used++] = value == '+' && encoded[i] == '+' ? (byte)' ' : (byte)value;
        }

        return true;
    }

    private static int HexValue(byte digit) => char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
