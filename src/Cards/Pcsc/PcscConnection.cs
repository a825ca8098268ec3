using System.Security.Cryptography;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Readers;

namespace Evercard.Cards.Pcsc;

/// <summary>A card in a PC/SC reader. Used by one thread at a time.</summary>
internal sealed class PcscConnection : ICardConnection
{
    private const int MostAnswerBytes = CommandApdu.MaxExtendedLe + 2;
    private const byte WrongLe = 0x6C;

    /// <summary>Within this time a computer notices that the card was pulled: presence is polled.</summary>
    private static readonly TimeSpan RemovalIsNoticed = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan OthersFinish = TimeSpan.FromSeconds(10);

    private readonly PcscContext context;
    private readonly nint card;
    private readonly PcscShare share;

    /// <summary>The reader's count of events when the card was connected to; a reset does not change it.</summary>
    private readonly uint insertion;

    private readonly byte[] received = new byte[MostAnswerBytes];
    private PcscProtocol protocol;
    private bool disposed;

    private PcscDisposition atTheEnd = PcscDisposition.ResetCard;

    private PcscConnection(PcscContext context, string reader, nint card, PcscShare share, PcscProtocol protocol)
    {
        (this.context, this.card, this.share, this.protocol) = (context, card, share, protocol);
        Reader = reader;
        var state = ReadState();
        (Atr, insertion) = (state.Atr, state.Event >> 16);
    }

    public string Reader { get; }

    public ReadOnlyMemory<byte> Atr { get; private set; }

    private IPcscLibrary Library => context.Library;

    /// <summary>To act: exclusively; where another program holds the card, shared. To look: shared. The context belongs to the connection.</summary>
    /// <exception cref="CardConnectionException">No such reader, no card, Busy.</exception>
    public static PcscConnection Open(PcscContext context, string reader, CardAccess access = CardAccess.ToAct)
    {
        var how = access == CardAccess.ToAct ? PcscShare.Exclusive : PcscShare.Shared;
        var code = context.Library.Connect(context.Handle, reader, how, out var card, out var protocol);
        if (code == PcscCode.SharingViolation && how == PcscShare.Exclusive)
        {
            how = PcscShare.Shared;
            code = context.Library.Connect(context.Handle, reader, how, out card, out protocol);
        }

        if (code == PcscCode.Success)
        {
            return new PcscConnection(context, reader, card, how, protocol) { atTheEnd = access == CardAccess.ToAct ? PcscDisposition.ResetCard : PcscDisposition.LeaveCard };
        }

        context.Dispose();
        throw PcscFailure.Of(code);
    }

    /// <inheritdoc/>
    public ResponseApdu Transmit(CommandApdu command)
    {
        var answer = TransmitOnce(command);

        // 6Cxx: the card repeats its answer when it is asked for exactly xx bytes (ISO/IEC 7816-3, 10.3.3; 7816-4, 5.6).
        return answer.Status.Sw1 == WrongLe && command.Le is not null
            ? TransmitOnce(command with { Le = answer.Status.Sw2 == 0 ? CommandApdu.MaxShortLe : answer.Status.Sw2 })
            : answer;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        var code = Library.Reconnect(card, share, PcscDisposition.ResetCard, out protocol);
        if (code == PcscCode.ResetCard)
        {
            // Another program reset it meanwhile: our own reset comes after that.
            code = Library.Reconnect(card, share, PcscDisposition.ResetCard, out protocol);
        }

        if (code != PcscCode.Success)
        {
            throw Failure(code);
        }

        Atr = ReadState().Atr;
    }

    /// <inheritdoc/>
    public IDisposable BeginTransaction()
    {
        if (share == PcscShare.Exclusive)
        {
            return new Transaction(null);
        }

        // The library waits without end for another program's transaction. After a wait that was too long this
        // connection is good for nothing but Dispose, which also ends the call.
        var begin = Task.Run(() => Library.BeginTransaction(card));
        if (!begin.Wait(OthersFinish))
        {
            throw PcscFailure.Of(PcscCode.SharingViolation);
        }

        if (begin.Result != PcscCode.Success)
        {
            throw Failure(begin.Result);
        }

        return new Transaction(this);
    }

    /// <summary>Resets the card, so that no security status is left to others, and lets go of it.</summary>
    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;
        Library.Disconnect(card, atTheEnd);
        context.Dispose();
        CryptographicOperations.ZeroMemory(received);
    }

    private ResponseApdu TransmitOnce(CommandApdu command)
    {
        var bytes = OnTheWire(command);
        try
        {
            var code = Library.Transmit(card, protocol, bytes, received, out var length);
            if (code != PcscCode.Success)
            {
                throw Failure(code);
            }

            return ResponseApdu.TryParse(received.AsSpan(0, length), out var answer)
                ? answer
                : throw Failure(PcscCode.NotTransacted); // Some drivers say so with an empty answer.
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>In T=0 a command has five header bytes and either data or Le (ISO/IEC 7816-3, 12.2).</summary>
    private byte[] OnTheWire(CommandApdu command)
    {
        if (protocol != PcscProtocol.T0)
        {
            return command.ToBytes();
        }

        return command.Data.IsEmpty && command.Le is null ? [.. command.ToBytes(), 0x00]
            : command.Data.IsEmpty ? command.ToBytes()
            : (command with { Le = null }).ToBytes();
    }

    private CardConnectionException Failure(PcscCode code)
    {
        switch (code)
        {
            case PcscCode.ResetCard:
                // The next call works again; this one's caller must know that the security status is lost.
                Library.Reconnect(card, share, PcscDisposition.LeaveCard, out protocol);
                break;
            case PcscCode.NotTransacted or PcscCode.UnresponsiveCard or PcscCode.UnpoweredCard or PcscCode.InvalidHandle:
                return CauseOf(code);
            default:
                break;
        }

        return PcscFailure.Of(code);
    }

    /// <summary>
    /// A card pulled in the middle of a command first looks like one that gives no answer: the reader tells the truth a little later. A card that is
    /// in by then is another insertion, and may be another card.
    /// </summary>
    private CardConnectionException CauseOf(PcscCode code)
    {
        var state = ReadState();
        if (IsPresent(state) && state.Event >> 16 == insertion)
        {
            state.Current = (state.Event & 0xFFFF0000) | (uint)PcscState.Present;
            var change = Library.GetStatusChange(context.Handle, RemovalIsNoticed, [state]);
            if (change == PcscCode.Timeout || (change == PcscCode.Success && IsPresent(state) && state.Event >> 16 == insertion))
            {
                return PcscFailure.Of(code);
            }
        }

        return PcscFailure.Of(Library.ListReaders(context.Handle, out var readers) switch
        {
            PcscCode.Success when readers.Contains(Reader) => PcscCode.RemovedCard,
            PcscCode.Success or PcscCode.NoReadersAvailable => PcscCode.ReaderUnavailable,
            var other => other,
        });
    }

    private PcscReaderState ReadState()
    {
        var state = new PcscReaderState(Reader);
        Library.GetStatusChange(context.Handle, TimeSpan.Zero, [state]);
        return state;
    }

    private static bool IsPresent(PcscReaderState state) => (state.Event & (uint)PcscState.Present) != 0;

    private sealed class Transaction(PcscConnection? connection) : IDisposable
    {
        private bool ended;

        public void Dispose()
        {
            if (!ended && connection is { disposed: false })
            {
                connection.Library.EndTransaction(connection.card);
            }

            ended = true;
        }
    }
}
