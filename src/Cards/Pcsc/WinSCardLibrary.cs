using System.Runtime.InteropServices;

namespace Evercard.Cards.Pcsc;

/// <summary>Windows: DWORD and LONG are 4 bytes, names are UTF-16, the ATR field has 36 bytes.</summary>
internal sealed unsafe partial class WinSCardLibrary : IPcscLibrary
{
    public const string File = "winscard.dll";

    private const uint SystemScope = 2;
    private const int AtrSize = 36;

    public PcscCode EstablishContext(out nint context) => Code(SCardEstablishContext(SystemScope, 0, 0, out context));

    public PcscCode ReleaseContext(nint context) => Code(SCardReleaseContext(context));

    public PcscCode Cancel(nint context) => Code(SCardCancel(context));

    public PcscCode ListReaders(nint context, out IReadOnlyList<string> readers)
    {
        readers = [];
        uint size = 0;
        var code = Code(SCardListReadersW(context, 0, null, ref size));
        if (code != PcscCode.Success)
        {
            return code;
        }

        // A reader may come between the two calls: room for some more.
        size += 1024;
        var names = new char[size];
        fixed (char* buffer = names)
        {
            code = Code(SCardListReadersW(context, 0, buffer, ref size));
        }

        readers = code == PcscCode.Success
            ? new string(names, 0, (int)size).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : [];
        return code;
    }

    public PcscCode GetStatusChange(nint context, TimeSpan atMost, IReadOnlyList<PcscReaderState> states)
    {
        var native = new ReaderState[states.Count];
        try
        {
            for (var i = 0; i < native.Length; i++)
            {
                native[i].Reader = Marshal.StringToCoTaskMemUni(states[i].Reader);
                native[i].Current = states[i].Current;
            }

            PcscCode code;
            fixed (ReaderState* first = native)
            {
                code = Code(SCardGetStatusChangeW(context, (uint)atMost.TotalMilliseconds, first, (uint)native.Length));
                for (var i = 0; i < native.Length; i++)
                {
                    states[i].Event = first[i].Event;
                    states[i].Atr = new ReadOnlySpan<byte>(first[i].Atr, (int)Math.Min(first[i].AtrLength, AtrSize)).ToArray();
                }
            }

            return code;
        }
        finally
        {
            foreach (var one in native)
            {
                Marshal.FreeCoTaskMem(one.Reader);
            }
        }
    }

    public PcscCode Connect(nint context, string reader, PcscShare share, out nint card, out PcscProtocol protocol)
    {
        var code = Code(SCardConnectW(context, reader, (uint)share, (uint)PcscProtocol.Any, out card, out var active));
        protocol = (PcscProtocol)active;
        return code;
    }

    public PcscCode Reconnect(nint card, PcscShare share, PcscDisposition before, out PcscProtocol protocol)
    {
        var code = Code(SCardReconnect(card, (uint)share, (uint)PcscProtocol.Any, (uint)before, out var active));
        protocol = (PcscProtocol)active;
        return code;
    }

    public PcscCode Disconnect(nint card, PcscDisposition disposition) => Code(SCardDisconnect(card, (uint)disposition));

    public PcscCode BeginTransaction(nint card) => Code(SCardBeginTransaction(card));

    public PcscCode EndTransaction(nint card) => Code(SCardEndTransaction(card, (uint)PcscDisposition.LeaveCard));

    public PcscCode Transmit(nint card, PcscProtocol protocol, ReadOnlySpan<byte> command, Span<byte> answer, out int length)
    {
        var request = new IoRequest { Protocol = (uint)protocol, Length = (uint)sizeof(IoRequest) };
        var size = (uint)answer.Length;
        fixed (byte* send = command, receive = answer)
        {
            var code = Code(SCardTransmit(card, &request, send, (uint)command.Length, null, receive, ref size));
            length = code == PcscCode.Success ? (int)size : 0;
            return code;
        }
    }

    private static PcscCode Code(int result) => (PcscCode)result;

    private struct ReaderState
    {
        public nint Reader;
        public nint UserData;
        public uint Current;
        public uint Event;
        public uint AtrLength;
        public fixed byte Atr[AtrSize];
    }

    private struct IoRequest
    {
        public uint Protocol;
        public uint Length;
    }

    [LibraryImport(File)]
    private static partial int SCardEstablishContext(uint scope, nint reserved1, nint reserved2, out nint context);

    [LibraryImport(File)]
    private static partial int SCardReleaseContext(nint context);

    [LibraryImport(File)]
    private static partial int SCardCancel(nint context);

    [LibraryImport(File)]
    private static partial int SCardListReadersW(nint context, nint groups, char* readers, ref uint size);

    [LibraryImport(File)]
    private static partial int SCardGetStatusChangeW(nint context, uint timeout, ReaderState* states, uint count);

    [LibraryImport(File, StringMarshalling = StringMarshalling.Utf16)]
    private static partial int SCardConnectW(nint context, string reader, uint share, uint protocols, out nint card, out uint protocol);

    [LibraryImport(File)]
    private static partial int SCardReconnect(nint card, uint share, uint protocols, uint before, out uint protocol);

    [LibraryImport(File)]
    private static partial int SCardDisconnect(nint card, uint disposition);

    [LibraryImport(File)]
    private static partial int SCardBeginTransaction(nint card);

    [LibraryImport(File)]
    private static partial int SCardEndTransaction(nint card, uint disposition);

    [LibraryImport(File)]
    private static partial int SCardTransmit(
        nint card, IoRequest* sendRequest, byte* command, uint commandLength, IoRequest* receiveRequest, byte* answer, ref uint answerLength);
}
