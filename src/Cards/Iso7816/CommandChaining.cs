using Evercard.Cards.Readers;

namespace Evercard.Cards.Iso7816;

/// <summary>
/// Command chaining (ISO/IEC 7816-4, 5.3.3) and GET RESPONSE (5.3.4): the one place that splits long commands into short
/// ones and puts long answers together, because not every card takes extended length.
/// </summary>
public static class CommandChaining
{
    private const byte ChainingBit = 0x10;
    private const byte GetResponse = 0xC0;
    private const int MostAnswerBytes = 65_536;

    /// <summary>More than an answer of the largest size needs; a card that doles out single bytes shall not hold its reader for minutes.</summary>
    private const int MostParts = 300;

    /// <summary>Sends a command of any length and returns the whole answer.</summary>
    /// <returns>All response data and the last status word; a link of the chain that fails ends it with that status word.</returns>
    /// <exception cref="CardConnectionException">The way to the card failed, or the card answers without end.</exception>
    public static ResponseApdu Transmit(ICardConnection connection, CommandApdu command)
    {
        var rest = command.Data;
        while (rest.Length > CommandApdu.MaxShortData)
        {
            var link = command with { Cla = (byte)(command.Cla | ChainingBit), Data = rest[..CommandApdu.MaxShortData], Le = null };
            var answer = connection.Transmit(link);
            if (!answer.Status.IsSuccess)
            {
                return answer;
            }

            rest = rest[CommandApdu.MaxShortData..];
        }

        var le = command.Le is > CommandApdu.MaxShortLe ? CommandApdu.MaxShortLe : command.Le;
        return Collect(connection, connection.Transmit(command with { Data = rest, Le = le }), command.Cla);
    }

    private static ResponseApdu Collect(ICardConnection connection, ResponseApdu answer, byte cla)
    {
        if (!answer.Status.HasMoreData)
        {
            return answer;
        }

        using var all = new MemoryStream();
        all.Write(answer.Data.Span);
        for (var parts = 1; answer.Status.HasMoreData; parts++)
        {
            var le = answer.Status.Sw2 == 0 ? CommandApdu.MaxShortLe : answer.Status.Sw2;
            answer = connection.Transmit(new CommandApdu((byte)(cla & ~ChainingBit), GetResponse, 0, 0, default, le));
            all.Write(answer.Data.Span);
            if (all.Length > MostAnswerBytes || (parts == MostParts && answer.Status.HasMoreData) || (answer.Status.HasMoreData && answer.Data.IsEmpty))
            {
                throw new CardConnectionException(CardConnectionFailure.Unresponsive, "The card's answer has no end.");
            }
        }

        return new ResponseApdu(all.ToArray(), answer.Status);
    }
}
