using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator.Storage;

namespace Evercard.CardSimulator.Commands;

/// <summary>
/// CHANGE REFERENCE DATA of the passcode and the PUK (SP 800-73-5 part 2, 3.2.2). The right passcode counts as proven by it,
/// a wrong one voids the proof. It is no VERIFY: it does not open 9C.
/// </summary>
internal static class ChangeReferenceData
{
    public static ResponseApdu Process(PivCard card, CommandApdu command)
    {
        if (command.P1 != 0x00)
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        return ResponseApdu.Of(command.P2 switch
        {
            (byte)ReferenceData.Passcode => Change(card, card.Image.Passcode, command.Data.Span, isPasscode: true),
            (byte)ReferenceData.Puk => Change(card, card.Image.Puk, command.Data.Span, isPasscode: false),
            _ => StatusWord.ReferencedDataNotFound,
        });
    }

    private static StatusWord Change(PivCard card, StoredReference reference, ReadOnlySpan<byte> data, bool isPasscode)
    {
        if (reference.IsBlocked)
        {
            return StatusWord.AuthenticationMethodBlocked;
        }

        if (data.Length != 2 * StoredReference.Length)
        {
            return ReferenceAnswer.WrongLength(card.Image.Model);
        }

        var old = data[..StoredReference.Length];
        var replacement = data[StoredReference.Length..];
        if (isPasscode && !(PasscodeFormat.IsPadded(old) && NewPasscodeRule.Allows(card.Image.Model, replacement)))
        {
            return StatusWord.IncorrectData;
        }

        card.Did(WorkKind.CheckReference);
        var right = reference.Check(old);
        card.Image.Change();
        if (isPasscode)
        {
            card.Status.PasscodeVerified = right;
        }

        if (!right)
        {
            return ReferenceAnswer.Wrong(reference, card.Image.Model);
        }

        reference.Set(replacement);
        return StatusWord.Success;
    }
}
