namespace Evercard.Cards.Pcsc;

/// <summary>
/// The functions of PC/SC that are used here, with the sizes of the platform hidden. Two implementations, because
/// pcsc-lite's LONG and DWORD are as wide as a pointer and Windows' are 4 bytes. Nothing here throws for a return code.
/// </summary>
internal interface IPcscLibrary
{
    PcscCode EstablishContext(out nint context);

    PcscCode ReleaseContext(nint context);

    PcscCode Cancel(nint context);

    PcscCode ListReaders(nint context, out IReadOnlyList<string> readers);

    /// <summary>Blocks until a reader's state differs from <see cref="PcscReaderState.Current"/>, or the time is over.</summary>
    PcscCode GetStatusChange(nint context, TimeSpan atMost, IReadOnlyList<PcscReaderState> states);

    PcscCode Connect(nint context, string reader, PcscShare share, out nint card, out PcscProtocol protocol);

    PcscCode Reconnect(nint card, PcscShare share, PcscDisposition before, out PcscProtocol protocol);

    PcscCode Disconnect(nint card, PcscDisposition disposition);

    PcscCode BeginTransaction(nint card);

    PcscCode EndTransaction(nint card);

    PcscCode Transmit(nint card, PcscProtocol protocol, ReadOnlySpan<byte> command, Span<byte> answer, out int length);
}
