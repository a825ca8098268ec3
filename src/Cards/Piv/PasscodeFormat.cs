namespace Evercard.Cards.Piv;

/// <summary>The passcode's form: 6 to 8 decimal digits in ASCII, padded with FF to 8 bytes (SP 800-73-5 part 2, 2.4.3).</summary>
public static class PasscodeFormat
{
    public const int MinLength = 6;
    public const int MaxLength = 8;

    /// <summary>Bytes of a padded passcode, and of a PUK.</summary>
    public const int BlockLength = 8;

    private const byte Padding = 0xFF;

    public static bool IsWellFormed(ReadOnlySpan<char> passcode) =>
        passcode.Length is >= MinLength and <= MaxLength && !passcode.ContainsAnyExceptInRange('0', '9');

    /// <summary>Writes the padded passcode into the caller's own buffer, which the caller zeroes.</summary>
    /// <param name="passcode">Digits.</param>
    /// <param name="block">At least 8 bytes; the first 8 are written.</param>
    /// <returns>False, with nothing written, where the passcode is not well formed or the buffer too short.</returns>
    public static bool TryPad(ReadOnlySpan<char> passcode, Span<byte> block)
    {
        if (!IsWellFormed(passcode) || block.Length < BlockLength)
        {
            return false;
        }

        for (var i = 0; i < BlockLength; i++)
        {
            block[i] = i < passcode.Length ? (byte)passcode[i] : Padding;
        }

        return true;
    }

    /// <summary>Whether 8 bytes are a padded passcode; for the card's side.</summary>
    public static bool IsPadded(ReadOnlySpan<byte> block)
    {
        if (block.Length != BlockLength)
        {
            return false;
        }

        var digits = block.TrimEnd(Padding);
        return digits.Length >= MinLength && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }
}
