using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.CardSimulator.Commands;

/// <summary>GET DATA (SP 800-73-5 part 2, 3.1.2).</summary>
internal static class GetData
{
    public static ResponseApdu Process(PivCard card, CommandApdu command)
    {
        if (command is not { P1: 0x3F, P2: 0xFF })
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        if (!BerTlv.TryReadOne(command.Data, TlvReading.Strict, out var list, out var used)
            || used != command.Data.Length || list.Tag != 0x5C || TagList.Read(list.Value.Span) is not { } tag)
        {
            return ResponseApdu.Of(StatusWord.IncorrectData);
        }

        if (!PivApplication.Knows(tag, card.Image.Model))
        {
            return ResponseApdu.Of(StatusWord.FileNotFound);
        }

        if (PivApplication.NeedsPasscode(tag) && !card.Status.PasscodeVerified)
        {
            return ResponseApdu.Of(StatusWord.SecurityStatusNotSatisfied);
        }

        var value = card.Image.Read(tag);
        if (value is null && !card.Image.Model.Quirks.AbsentObjectsAreEmpty)
        {
            return ResponseApdu.Of(StatusWord.FileNotFound);
        }

        card.Did(WorkKind.ReadObject, bytes: value?.Length ?? 0);
        return ResponseApdu.Ok(BerTlv.Encode(TagList.IsSelfDescribing(tag) ? tag.Tag : 0x53, value));
    }
}
