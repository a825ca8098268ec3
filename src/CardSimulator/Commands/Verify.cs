using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator.Storage;

namespace Evercard.CardSimulator.Commands;

/// <summary>VERIFY (SP 800-73-5 part 2, 3.2.1).</summary>
internal static class Verify
{
    public static ResponseApdu Process(PivCard card, CommandApdu command)
    {
        if (command.P1 is not (0x00 or 0xFF))
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        if (command.P2 != (byte)ReferenceData.Passcode)
        {
            return ResponseApdu.Of(StatusWord.ReferencedDataNotFound);
        }

        return ResponseApdu.Of(command.P1 == 0xFF ? LogOut(card, command) : command.Data.IsEmpty ? Ask(card) : Check(card, command));
    }

    private static StatusWord LogOut(PivCard card, CommandApdu command)
    {
        if (!command.Data.IsEmpty)
        {
            return StatusWord.IncorrectData;
        }

        card.Status.ForgetPasscode();
        return StatusWord.Success;
    }

    // No data: how many tries are left, without spending one.
    private static StatusWord Ask(PivCard card) =>
        card.Image.Passcode.IsBlocked ? StatusWord.AuthenticationMethodBlocked
        : card.Status.PasscodeVerified ? StatusWord.Success
        : StatusWord.WithTriesLeft(card.Image.Passcode.TriesLeft);

    private static StatusWord Check(PivCard card, CommandApdu command)
    {
        var passcode = card.Image.Passcode;
        if (passcode.IsBlocked)
        {
            return StatusWord.AuthenticationMethodBlocked;
        }

        if (command.Data.Length != StoredReference.Length)
        {
            return ReferenceAnswer.WrongLength(card.Image.Model);
        }

        if (!PasscodeFormat.IsPadded(command.Data.Span))
        {
            return StatusWord.IncorrectData;
        }

        card.Did(WorkKind.CheckReference);
        var before = passcode.TriesLeft;
        var right = passcode.Check(command.Data.Span);
        if (passcode.TriesLeft != before)
        {
            card.Image.Change();
        }

        (card.Status.PasscodeVerified, card.Status.PasscodeFresh) = (right, right);
        return right ? StatusWord.Success : ReferenceAnswer.Wrong(passcode, card.Image.Model);
    }
}
