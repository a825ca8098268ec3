using System.Runtime.InteropServices;
using System.Text;

namespace Evercard.Cards.Pcsc;

/// <summary>pcsc-lite (Linux): DWORD and LONG are C longs, names are UTF-8, SCARD_READERSTATE is not packed.</summary>
internal sealed unsafe partial class PcscLiteLibrary : IPcscLibrary
{
    public const string File = "libpcsclite.so.1";

    private const nuint SystemScope = 2;
    private const int AtrSize = 33;

    public PcscCode EstablishContext(out nint context) => Code(SCardEstablishContext(SystemScope, 0, 0, out context));

    public PcscCode ReleaseContext(nint context) => Code(SCardReleaseContext(context));

    public PcscCode Cancel(nint context) => Code(SCardCancel(context));

    public PcscCode ListReaders(nint context, out IReadOnlyList<string> readers)
    {
        readers = [];
        nuint size = 0;
        var code = Code(SCardListReaders(context, 0, null, ref size));
        if (code != PcscCode.Success)
        {
            return code;
        }

        // A reader may come between the two calls: room for some more.
        size += 1024;
        var names = new byte[size];
        fixed (byte* buffer = names)
        {
            code = Code(SCardListReaders(context, 0, buffer, ref size));
        }

        readers = code == PcscCode.Success
            ? Encoding.UTF8.GetString(names, 0, (int)size).Split('\0', StringSplitOptions.RemoveEmptyEntries)
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
                native[i].Reader = Marshal.StringToCoTaskMemUTF8(states[i].Reader);
                native[i].Current = states[i].Current;
            }

            PcscCode code;
            fixed (ReaderState* first = native)
            {
                code = Code(SCardGetStatusChange(context, (nuint)atMost.TotalMilliseconds, first, (nuint)native.Length));
                for (var i = 0; i < native.Length; i++)
                {
                    states[i].Event = (uint)first[i].Event;
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
        var code = Code(SCardConnect(context, reader, (nuint)share, (nuint)PcscProtocol.Any, out card, out var active));
        protocol = (PcscProtocol)active;
        return code;
    }

    public PcscCode Reconnect(nint card, PcscShare share, PcscDisposition before, out PcscProtocol protocol)
    {
        var code = Code(SCardReconnect(card, (nuint)share, (nuint)PcscProtocol.Any, (nuint)before, out var active));
        protocol = (PcscProtocol)active;
        return code;
    }

    public PcscCode Disconnect(nint card, PcscDisposition disposition) => Code(SCardDisconnect(card, (nuint)disposition));

    public PcscCode BeginTransaction(nint card) => Code(SCardBeginTransaction(card));

    public PcscCode EndTransaction(nint card) => Code(SCardEndTransaction(card, (nuint)PcscDisposition.LeaveCard));

    public PcscCode Transmit(nint card, PcscProtocol protocol, ReadOnlySpan<byte> command, Span<byte> answer, out int length)
    {
        var request = new IoRequest { Protocol = (nuint)protocol, Length = (nuint)sizeof(IoRequest) };
        var size = (nuint)answer.Length;
        fixed (byte* send = command, receive = answer)
        {
            var code = Code(SCardTransmit(card, &request, send, (nuint)command.Length, null, receive, ref size));
            length = code == PcscCode.Success ? (int)size : 0;
            return code;
        }
    }

    private static PcscCode Code(nint result) => (PcscCode)(uint)result;

    private struct ReaderState
    {
        public nint Reader;
        public nint UserData;
        public nuint Current;
        public nuint Event;
        public nuint AtrLength;
        public fixed byte Atr[AtrSize];
    }

    private struct IoRequest
    {
        public nuint Protocol;
        public nuint Length;
    }

    [LibraryImport(File)]
    private static partial nint SCardEstablishContext(nuint scope, nint reserved1, nint reserved2, out nint context);

    [LibraryImport(File)]
    private static partial nint SCardReleaseContext(nint context);

    [LibraryImport(File)]
    private static partial nint SCardCancel(nint context);

    [LibraryImport(File)]
    private static partial nint SCardListReaders(nint context, nint groups, byte* readers, ref nuint size);

    [LibraryImport(File)]
    private static partial nint SCardGetStatusChange(nint context, nuint timeout, ReaderState* states, nuint count);

    [LibraryImport(File, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint SCardConnect(nint context, string reader, nuint share, nuint protocols, out nint card, out nuint protocol);

    [LibraryImport(File)]
    private static partial nint SCardReconnect(nint card, nuint share, nuint protocols, nuint before, out nuint protocol);

    [LibraryImport(File)]
    private static partial nint SCardDisconnect(nint card, nuint disposition);

    [LibraryImport(File)]
    private static partial nint SCardBeginTransaction(nint card);

    [LibraryImport(File)]
    private static partial nint SCardEndTransaction(nint card, nuint disposition);

    [LibraryImport(File)]
    private static partial nint SCardTransmit(
        nint card, IoRequest* sendRequest, byte* command, nuint commandLength, IoRequest* receiveRequest, byte* answer, ref nuint answerLength);
}
