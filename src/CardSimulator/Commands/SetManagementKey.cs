using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.CardSimulator.Keys;

namespace Evercard.CardSimulator.Commands;

/// <summary>Instruction FF of the Yubico family: sets the administration key 9B. Data: algorithm, 9B, length, key.</summary>
internal static class SetManagementKey
{
    public static ResponseApdu Process(PivCard card, CommandApdu command)
    {
        // P2 = FE would ask for a touch at each use; this card has no button.
        if (command is not { P1: 0xFF, P2: 0xFF })
        {
            return ResponseApdu.Of(StatusWord.IncorrectParameters);
        }

        if (!card.Status.AdministrationAuthenticated)
        {
            return ResponseApdu.Of(StatusWord.SecurityStatusNotSatisfied);
        }

        if (command.Data.Length < 3)
        {
            return ResponseApdu.Of(StatusWord.WrongLength);
        }

        var algorithm = (PivAlgorithm)command.Data.Span[0];
        var key = command.Data[3..].ToArray();
        if (command.Data.Span[1] != (byte)KeyReference.Administration || command.Data.Span[2] != key.Length
            || StoredAdministrationKey.KeySize(algorithm) != key.Length || new StoredAdministrationKey(algorithm, key).IsUnusable)
        {
            return ResponseApdu.Of(StatusWord.IncorrectData);
        }

        card.Image.Store(new StoredAdministrationKey(algorithm, key));
        card.Did(WorkKind.WriteObject, bytes: key.Length);
        return ResponseApdu.Ok();
    }
}
