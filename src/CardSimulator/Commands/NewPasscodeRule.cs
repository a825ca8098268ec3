using Evercard.Cards.Piv;

namespace Evercard.CardSimulator.Commands;

/// <summary>What the card takes for a new passcode: the standard's format, and the card's own rules. It is asked before the old one, or the PUK, is looked at.</summary>
internal static class NewPasscodeRule
{
    private const int TooMany = 3;

    public static bool Allows(CardModel model, ReadOnlySpan<byte> padded)
    {
        if (!PasscodeFormat.IsPadded(padded))
        {
            return false;
        }

        foreach (var digit in "0123456789"u8)
        {
            if (model.Quirks.NoDigitThrice && padded.Count(digit) >= TooMany)
            {
                return false;
            }
        }

        return true;
    }
}
