using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator.Storage;

namespace Evercard.CardSimulator.Commands;

/// <summary>
/// RESET RETRY COUNTER: a new passcode by PUK (SP 800-73-5 part 2, 3.2.3). It leaves the proof of the passcode as it was; a
/// wrong PUK voids it.
/// </summary>
internal static class ResetRetryCounter
{
    public static ResponseApdu Process(PivCard card, CommandApdu command)
    {
        if (command.P1 != 0x00)
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        return ResponseApdu.Of(command.P2 == (byte)ReferenceData.Passcode
            ? Reset(card, command.Data.Span)
            : StatusWord.ReferencedDataNotFound);
    }

    private static StatusWord Reset(PivCard card, ReadOnlySpan<byte> data)
    {
        var puk = card.Image.Puk;
        if (puk.IsBlocked)
        {
            return StatusWord.AuthenticationMethodBlocked;
        }

        if (data.Length != 2 * StoredReference.Length)
        {
            return ReferenceAnswer.WrongLength(card.Image.Model);
        }

        if (!NewPasscodeRule.Allows(card.Image.Model, data[StoredReference.Length..]))
        {
            return StatusWord.IncorrectData;
        }

        card.Did(WorkKind.CheckReference);
        var right = puk.Check(data[..StoredReference.Length]);
        card.Image.Change();
        if (!right)
        {
            card.Status.ForgetPasscode();
            return ReferenceAnswer.Wrong(puk, card.Image.Model);
        }

        card.Image.Passcode.Set(data[StoredReference.Length..]);
        return StatusWord.Success;
    }
}
