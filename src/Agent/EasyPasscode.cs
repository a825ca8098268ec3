namespace Evercard.Agent;

/// <summary>Passcodes that anybody would guess first. Birthdays are not among them: the agent does not know any.</summary>
public static class EasyPasscode
{
    /// <summary>One digit again and again, a short pattern again and again (121212, 123123), or a run up or down (123456, 987654, 890123).</summary>
    public static bool IsEasy(ReadOnlySpan<char> digits) =>
        digits.Length > 1 && (Repeats(digits, 1) || Repeats(digits, 2) || Repeats(digits, 3) || Repeats(digits, 4) || Runs(digits, 1) || Runs(digits, 9) || IsMirrored(digits));

    /// <summary>The whole is its first <paramref name="length"/> digits again and again, at least twice.</summary>
    private static bool Repeats(ReadOnlySpan<char> digits, int length) =>
        digits.Length >= 2 * length && digits[length..].SequenceEqual(digits[..^length]);

    /// <summary>Each digit follows from the one before by adding this, 0 after 9.</summary>
    private static bool Runs(ReadOnlySpan<char> digits, int step)
    {
        for (var i = 1; i < digits.Length; i++)
        {
            if ((digits[i - 1] - '0' + step) % 10 != digits[i] - '0')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A run and back again: 123321, 12344321.</summary>
    private static bool IsMirrored(ReadOnlySpan<char> digits)
    {
        var half = digits[..(digits.Length / 2)];
        if (digits.Length % 2 != 0 || !(Runs(half, 1) || Runs(half, 9)))
        {
            return false;
        }

        for (var i = 0; i < half.Length; i++)
        {
            if (digits[i] != digits[^(i + 1)])
            {
                return false;
            }
        }

        return true;
    }
}
