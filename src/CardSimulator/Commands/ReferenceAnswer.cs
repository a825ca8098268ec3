using Evercard.Cards.Iso7816;
using Evercard.CardSimulator.Storage;

namespace Evercard.CardSimulator.Commands;

/// <summary>Refusals that the commands about passcode and PUK share.</summary>
internal static class ReferenceAnswer
{
    /// <summary>The status word for command data of the wrong length.</summary>
    public static StatusWord WrongLength(CardModel model) =>
        model.Quirks.ShortPasscodeIsWrongLength ? StatusWord.WrongLength : StatusWord.IncorrectData;

    /// <summary>The status word after a wrong try.</summary>
    public static StatusWord Wrong(StoredReference reference, CardModel model) =>
        reference.IsBlocked && model.Quirks.LastTryAnswersBlocked
            ? StatusWord.AuthenticationMethodBlocked
            : StatusWord.WithTriesLeft(reference.TriesLeft);
}
