using Evercard.Cards.Pcsc;

namespace Evercard.Tests.Cards.Pcsc;

/// <summary>A smartcard service in the test's hand: one reader, and return codes as the test sets them.</summary>
internal sealed class ScriptedLibrary : IPcscLibrary
{
    public const string OnlyReader = "Reader 00";

    private readonly SemaphoreSlim change = new(0);

    public bool ServiceRuns { get; set; } = true;

    public bool ReaderIsThere { get; set; } = true;

    /// <summary>State of the only reader: events in the high 16 bits.</summary>
    public uint State { get; set; } = 0x0001_0020;

    public PcscProtocol Protocol { get; init; } = PcscProtocol.T1;

    /// <summary>Another program has a connection, so that none can be exclusive.</summary>
    public bool Shared { get; init; }

    public bool HeldExclusivelyByOther { get; init; }

    /// <summary>Answers to transmissions, one after another: a return code or response bytes.</summary>
    public Queue<(PcscCode Code, string Answer)> Answers { get; } = new();

    public List<string> Calls { get; } = [];

    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Change(uint state)
    {
        State = state;
        change.Release();
    }

    public PcscCode EstablishContext(out nint context)
    {
        context = 7;
        return ServiceRuns ? PcscCode.Success : PcscCode.NoService;
    }

    public PcscCode ReleaseContext(nint context) => Note("release");

    public PcscCode Cancel(nint context)
    {
        change.Release();
        return PcscCode.Success;
    }

    public PcscCode ListReaders(nint context, out IReadOnlyList<string> readers)
    {
        readers = ReaderIsThere ? [OnlyReader] : [];
        return !ServiceRuns ? PcscCode.NoService : ReaderIsThere ? PcscCode.Success : PcscCode.NoReadersAvailable;
    }

    public PcscCode GetStatusChange(nint context, TimeSpan atMost, IReadOnlyList<PcscReaderState> states)
    {
        if (atMost > TimeSpan.Zero)
        {
            Waiting.TrySetResult();
            if (!change.Wait(atMost))
            {
                return PcscCode.Timeout;
            }
        }

        foreach (var state in states.Where(state => state.Reader == OnlyReader))
        {
            state.Event = State;
            state.Atr = (State & 0x20) != 0 ? [0x3B, 0x00] : [];
        }

        return PcscCode.Success;
    }

    public PcscCode Connect(nint context, string reader, PcscShare share, out nint card, out PcscProtocol protocol)
    {
        (card, protocol) = (9, Protocol);
        Note($"connect {share}");
        return HeldExclusivelyByOther || (Shared && share == PcscShare.Exclusive) ? PcscCode.SharingViolation
            : (State & 0x20) == 0 ? PcscCode.NoSmartcard
            : PcscCode.Success;
    }

    public PcscCode Reconnect(nint card, PcscShare share, PcscDisposition before, out PcscProtocol protocol)
    {
        protocol = Protocol;
        return Note($"reconnect {share} {before}");
    }

    public PcscCode Disconnect(nint card, PcscDisposition disposition) => Note($"disconnect {disposition}");

    public PcscCode BeginTransaction(nint card) => Note("begin");

    public PcscCode EndTransaction(nint card) => Note("end");

    public PcscCode Transmit(nint card, PcscProtocol protocol, ReadOnlySpan<byte> command, Span<byte> answer, out int length)
    {
        Note(Hex.Of(command));
        var (code, hex) = Answers.Dequeue();
        var bytes = Hex.Bytes(hex);
        bytes.CopyTo(answer);
        length = bytes.Length;
        return code;
    }

    private PcscCode Note(string call)
    {
        Calls.Add(call);
        return PcscCode.Success;
    }
}
