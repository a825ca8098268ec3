using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Readers;

/// <summary>
/// One connected card. A call blocks until the card has answered; calls are made from one thread at a time.
/// Implemented by PC/SC and by the simulator.
/// </summary>
public interface ICardConnection : IDisposable
{
    /// <summary>The reader's name as the computer tells it.</summary>
    string Reader { get; }

    /// <summary>Answer to reset, 2 to 33 bytes.</summary>
    ReadOnlyMemory<byte> Atr { get; }

    /// <summary>Sends one command APDU as it is (no chaining, no GET RESPONSE) and returns the card's answer.</summary>
    /// <exception cref="CardConnectionException">The card, the reader or the smartcard service is gone, or the card was reset by another program.</exception>
    ResponseApdu Transmit(CommandApdu command);

    /// <summary>Resets the card: selected application and security status are lost.</summary>
    /// <exception cref="CardConnectionException">As for <see cref="Transmit"/>.</exception>
    void Reset();

    /// <summary>Keeps other programs away until the returned value is disposed; never held across a wait for the network.</summary>
    /// <exception cref="CardConnectionException">Busy: another program holds the card.</exception>
    IDisposable BeginTransaction();
}

/// <summary>What is known of one reader at one moment.</summary>
/// <param name="Name">The reader's name as the computer tells it.</param>
/// <param name="Atr">Answer to reset of the card in it; empty where there is none.</param>
/// <param name="CardPresent">Whether a card is in it.</param>
/// <param name="EventCount">Counts insertions and removals: a script is bound to it.</param>
public sealed record ReaderStatus(string Name, ReadOnlyMemory<byte> Atr, bool CardPresent, int EventCount);

/// <summary>The readers of one computer. Implemented by PC/SC and by the simulator.</summary>
public interface IReaders : IDisposable
{
    /// <summary>The readers now, in the computer's order; empty where there is none.</summary>
    /// <exception cref="CardConnectionException">The smartcard service is not running; a later call may succeed without a restart.</exception>
    IReadOnlyList<ReaderStatus> List();

    /// <summary>Blocks until a reader or a card came or went since <paramref name="known"/> was listed, or the time is over.</summary>
    /// <param name="known">What was listed before.</param>
    /// <param name="atMost">Longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for no limit. Zero or less looks once.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>
    /// The readers now. A smartcard service that stops takes all readers away (the list is empty), and coming back brings them
    /// again. Also returns when this object is disposed of.
    /// </returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IReadOnlyList<ReaderStatus> WaitForChange(IReadOnlyList<ReaderStatus> known, TimeSpan atMost, CancellationToken cancellation);

    /// <summary>Connects to the card in the named reader.</summary>
    /// <exception cref="CardConnectionException">No such reader, no card, or another program holds it (Busy).</exception>
    ICardConnection Connect(string reader, CardAccess access = CardAccess.ToAct);
}

/// <summary>What a connection is for.</summary>
public enum CardAccess
{
    /// <summary>Exclusively where possible, otherwise shared; the card is reset at the end.</summary>
    ToAct,

    /// <summary>Shared at once, and left as it is at the end: a program that opens the card meanwhile is not turned away.</summary>
    ToLook,
}
