using System.Diagnostics;
using Evercard.Cards.Readers;

namespace Evercard.Cards.Pcsc;

/// <summary>The computer's smartcard readers, through PC/SC. Any number of threads may call.</summary>
public sealed class PcscReaders : IReaders
{
    /// <summary>
    /// Longest single wait. Each round lists the readers anew, which closes two gaps: a reader that came between listing
    /// and waiting, and a cancellation that came before the wait had begun.
    /// </summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private readonly IPcscLibrary library;
    private readonly CancellationTokenSource disposed = new();

    /// <exception cref="PlatformNotSupportedException">This computer has no PC/SC library: see <see cref="IsAvailable"/>.</exception>
    public PcscReaders()
        : this(PcscContext.PlatformLibrary() ?? throw new PlatformNotSupportedException("This computer has no PC/SC library."))
    {
    }

    internal PcscReaders(IPcscLibrary library) => this.library = library;

    /// <summary>Whether this computer has a PC/SC library; its service may still be stopped.</summary>
    public static bool IsAvailable => PcscContext.PlatformLibrary() is not null;

    /// <inheritdoc/>
    public IReadOnlyList<ReaderStatus> List()
    {
        using var context = PcscContext.Establish(library);
        return List(context);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReaderStatus> WaitForChange(IReadOnlyList<ReaderStatus> known, TimeSpan atMost, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var longest = atMost == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : atMost;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, disposed.Token);
        while (true)
        {
            var left = longest - clock.Elapsed;
            var round = left < TimeSpan.Zero ? TimeSpan.Zero : left < Round ? left : Round;
            IReadOnlyList<ReaderStatus> now;
            try
            {
                now = OneRound(known, round, stop.Token);
            }
            catch (CardConnectionException)
            {
                now = [];
                if (known.Count == 0)
                {
                    // Without a service there is nothing to wait on but time.
                    stop.Token.WaitHandle.WaitOne(round);
                }
            }

            if (clock.Elapsed >= longest || stop.IsCancellationRequested || IsChanged(known, now))
            {
                cancellation.ThrowIfCancellationRequested();
                return now;
            }
        }
    }

    /// <inheritdoc/>
    public ICardConnection Connect(string reader, CardAccess access = CardAccess.ToAct) =>
        PcscConnection.Open(PcscContext.Establish(library), reader, access);

    /// <summary>Ends waits under way; connections stay.</summary>
    public void Dispose()
    {
        disposed.Cancel();
        disposed.Dispose();
    }

    private IReadOnlyList<ReaderStatus> OneRound(IReadOnlyList<ReaderStatus> known, TimeSpan atMost, CancellationToken stop)
    {
        using var context = PcscContext.Establish(library);
        var states = ReadStates(context);
        var now = StatusesOf(states);
        if (IsChanged(known, now) || stop.IsCancellationRequested || atMost == TimeSpan.Zero)
        {
            return now;
        }

        foreach (var state in states)
        {
            state.Current = state.Event & ~(uint)PcscState.Changed;
        }

        states.Add(new PcscReaderState(PcscReaderState.AnyReader) { Current = (uint)now.Count << 16 });
        using (stop.Register(() => library.Cancel(context.Handle)))
        {
            library.GetStatusChange(context.Handle, atMost, states);
        }

        now = List(context);
        if (!IsChanged(known, now))
        {
            // Woken by something else, such as another program that connects: never in a tight loop.
            stop.WaitHandle.WaitOne(atMost < Breath ? atMost : Breath);
        }

        return now;
    }

    private static IReadOnlyList<ReaderStatus> List(PcscContext context) => StatusesOf(ReadStates(context));

    private static List<PcscReaderState> ReadStates(PcscContext context)
    {
        var code = context.Library.ListReaders(context.Handle, out var names);
        if (code == PcscCode.NoReadersAvailable || (code == PcscCode.Success && names.Count == 0))
        {
            return [];
        }

        var states = names.Select(name => new PcscReaderState(name)).ToList();
        code = code == PcscCode.Success ? context.Library.GetStatusChange(context.Handle, TimeSpan.Zero, states) : code;
        return code switch
        {
            PcscCode.Success or PcscCode.Timeout => states,

            // The reader left between the two calls.
            PcscCode.UnknownReader => [],
            _ => throw PcscFailure.Of(code),
        };
    }

    private static IReadOnlyList<ReaderStatus> StatusesOf(List<PcscReaderState> states) =>
        [.. states.Where(state => !Has(state, PcscState.Unknown)).Select(StatusOf)];

    private static ReaderStatus StatusOf(PcscReaderState state)
    {
        var present = Has(state, PcscState.Present);
        return new ReaderStatus(state.Reader, present ? state.Atr : default, present, (int)(state.Event >> 16));
    }

    private static bool Has(PcscReaderState state, PcscState flag) => (state.Event & (uint)flag) != 0;

    private static bool IsChanged(IReadOnlyList<ReaderStatus> known, IReadOnlyList<ReaderStatus> now) =>
        !known.Select(Essence).SequenceEqual(now.Select(Essence));

    private static (string, bool, int, string) Essence(ReaderStatus reader) =>
        (reader.Name, reader.CardPresent, reader.EventCount, Convert.ToHexString(reader.Atr.Span));
}
