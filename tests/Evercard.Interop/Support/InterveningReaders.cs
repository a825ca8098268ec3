using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Readers;

namespace Evercard.Interop.Support;

/// <summary>The computer's readers, with something that happens right before a card script runs: between two scripts nobody holds the card.</summary>
internal sealed class InterveningReaders(IReaders readers) : IReaders
{
    private Action? intervene;
    private int scriptsLeft;

    /// <param name="script">Before which script of the next act: 1 looks at the card, 2 makes 9C, 3 writes and proves it, 4 makes 9A, 5 writes and proves it.</param>
    /// <param name="what">Done once; the script waits for it.</param>
    public void Before(int script, Action what) => (scriptsLeft, intervene) = (script, what);

    public IReadOnlyList<ReaderStatus> List() => readers.List();

    public IReadOnlyList<ReaderStatus> WaitForChange(IReadOnlyList<ReaderStatus> known, TimeSpan atMost, CancellationToken cancellation) =>
        readers.WaitForChange(known, atMost, cancellation);

    public ICardConnection Connect(string reader, CardAccess access = CardAccess.ToAct)
    {
        var connection = readers.Connect(reader, access);
        return access == CardAccess.ToAct ? new Connection(connection, this) : connection;
    }

    public void Dispose()
    {
        // The readers belong to somebody else.
    }

    private void ScriptBegins()
    {
        if (intervene is { } what && --scriptsLeft == 0)
        {
            intervene = null;
            what();
        }
    }

    private sealed class Connection(ICardConnection inner, InterveningReaders readers) : ICardConnection
    {
        public string Reader => inner.Reader;

        public ReadOnlyMemory<byte> Atr => inner.Atr;

        public ResponseApdu Transmit(CommandApdu command) => inner.Transmit(command);

        public void Reset() => inner.Reset();

        public IDisposable BeginTransaction()
        {
            readers.ScriptBegins();
            return inner.BeginTransaction();
        }

        public void Dispose() => inner.Dispose();
    }
}
