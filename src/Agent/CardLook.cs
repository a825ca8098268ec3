using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Readers;

namespace Evercard.Agent;

/// <summary>What can be read of a card without a passcode.</summary>
/// <param name="HasPivApplication">SELECT succeeded.</param>
/// <param name="Chuid">Contents of the CHUID; empty where there is none.</param>
/// <param name="TriesLeft">Passcode tries left, asked for without using one; null where the card does not tell.</param>
internal sealed record CardLook(bool HasPivApplication, ReadOnlyMemory<byte> Chuid, int? TriesLeft = null)
{
    /// <exception cref="Cards.CardConnectionException">The way to the card failed.</exception>
    public static CardLook At(ICardConnection connection)
    {
        using var alone = connection.BeginTransaction();
        if (!CommandChaining.Transmit(connection, PivCommands.Select()).Status.IsSuccess)
        {
            return new CardLook(HasPivApplication: false, default);
        }

        var answer = CommandChaining.Transmit(connection, PivCommands.GetData(DataObject.Chuid));
        var tries = CommandChaining.Transmit(connection, PivCommands.VerifyStatus()).Status.TriesLeft;
        return new CardLook(HasPivApplication: true, DataObjectAnswer.TryRead(answer, DataObject.Chuid, out var chuid) ? chuid : default, tries);
    }
}
