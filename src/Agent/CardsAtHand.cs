using Evercard.Cards;
using Evercard.Cards.Readers;

namespace Evercard.Agent;

/// <summary>The cards in this computer's readers, one by one.</summary>
/// <param name="busyFor">How long another program's hold on a card is waited for.</param>
internal sealed class CardsAtHand(IReaders readers, TimeSpan busyFor, TimeProvider time)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);

    public bool HasReader
    {
        get
        {
            try
            {
                return readers.List().Count > 0;
            }
            catch (CardConnectionException)
            {
                return false;
            }
        }
    }

    /// <returns>The reader as it is now; null where it is gone.</returns>
    public ReaderStatus? Look(string reader)
    {
        try
        {
            return readers.List().FirstOrDefault(one => one.Name == reader);
        }
        catch (CardConnectionException)
        {
            return null;
        }
    }

    /// <exception cref="CardConnectionException">There is no such reader, or no card in it.</exception>
    public ReaderStatus Required(string reader) => Look(reader) switch
    {
        null => throw new CardConnectionException(CardConnectionFailure.ServiceStopped, "There is no such reader."),
        { CardPresent: false } => throw new CardConnectionException(CardConnectionFailure.Removed, "There is no card in the reader."),
        var status => status,
    };

    /// <summary>Connects, and tries again for a while where another program holds the card.</summary>
    public async Task<ICardConnection> Connect(string reader, CardAccess access, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await Task.Run(() => readers.Connect(reader, access), cancellation);
            }
            catch (CardConnectionException e) when (e.Failure == CardConnectionFailure.Busy && time.GetElapsedTime(start) < busyFor)
            {
                await Task.Delay(BetweenTries, time, cancellation);
            }
        }
    }
}
