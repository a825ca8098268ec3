using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv;

/// <summary>What a card answers to GET DATA.</summary>
public static class DataObjectAnswer
{
    private const int DataField = 0x53;

    /// <summary>Reads the contents: what stands inside 53, or inside 7E for the discovery object.</summary>
    /// <param name="answer">The whole answer.</param>
    /// <param name="which">The object that was asked for.</param>
    /// <param name="contents">Empty where the object is absent: cards say so with 6A82, or with 9000 and an empty field.</param>
    /// <returns>False where the card refused, or answered something else; never throws.</returns>
    public static bool TryRead(ResponseApdu answer, DataObject which, out ReadOnlyMemory<byte> contents)
    {
        contents = default;
        if (answer.Status == StatusWord.FileNotFound)
        {
            return true;
        }

        if (!answer.Status.IsSuccess)
        {
            return false;
        }

        if (answer.Data.IsEmpty)
        {
            return true;
        }

        var expected = which == DataObject.Discovery ? which.Tag : DataField;
        if (!BerTlv.TryReadOne(answer.Data, TlvReading.Tolerant, out var field, out _) || field.Tag != expected)
        {
            return false;
        }

        contents = field.Value;
        return true;
    }
}
