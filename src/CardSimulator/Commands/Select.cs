using Evercard.Cards.Iso7816;

namespace Evercard.CardSimulator.Commands;

/// <summary>
/// SELECT by AID or by its beginning (SP 800-73-5 part 2, 3.1.1). Every SELECT voids all proofs, as on many cards in use; the
/// standard's own way is <see cref="CardQuirks.SelectKeepsSecurityStatus"/>.
/// </summary>
internal static class Select
{
    public static ResponseApdu Process(PivCard card, CommandApdu command)
    {
        if (command is not { P1: 0x04, P2: 0x00 })
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        var aid = command.Data.Span;
        if (aid.Length < PivApplication.RidLength || !PivApplication.Aid.StartsWith(aid))
        {
            // Another application is not here: this one stays selected, with its security status.
            return ResponseApdu.Of(StatusWord.FileNotFound);
        }

        card.Status.ForgetAdministrationExchange();
        if (!card.Image.Model.Quirks.SelectKeepsSecurityStatus)
        {
            card.Status.Clear();
        }

        card.Status.Selected = true;
        return ResponseApdu.Ok(PivApplication.PropertyTemplate(card.Image.Model));
    }
}
