namespace Evercard.Cards.Pcsc;

/// <summary>Return codes of PC/SC that are told apart here (winscard.h; the same numbers in pcsc-lite).</summary>
internal enum PcscCode : uint
{
    Success = 0,
    Cancelled = 0x80100002,
    InvalidHandle = 0x80100003,
    InvalidParameter = 0x80100004,
    UnknownReader = 0x80100009,
    Timeout = 0x8010000A,
    SharingViolation = 0x8010000B,
    NoSmartcard = 0x8010000C,
    ProtocolMismatch = 0x8010000F,
    CommunicationError = 0x80100013,
    NotTransacted = 0x80100016,
    ReaderUnavailable = 0x80100017,
    NoService = 0x8010001D,
    ServiceStopped = 0x8010001E,
    NoReadersAvailable = 0x8010002E,
    ServerTooBusy = 0x80100031,
    UnresponsiveCard = 0x80100066,
    UnpoweredCard = 0x80100067,
    ResetCard = 0x80100068,
    RemovedCard = 0x80100069,
}

/// <summary>The low 16 bits of a reader's state; the high 16 count events.</summary>
[Flags]
internal enum PcscState : uint
{
    Unaware = 0,
    Changed = 0x0002,
    Unknown = 0x0004,
    Unavailable = 0x0008,
    Empty = 0x0010,
    Present = 0x0020,
    Mute = 0x0200,
}

internal enum PcscShare : uint
{
    Exclusive = 1,
    Shared = 2,
}

internal enum PcscProtocol : uint
{
    T0 = 1,
    T1 = 2,
    Any = 3,
}

internal enum PcscDisposition : uint
{
    LeaveCard = 0,
    ResetCard = 1,
}

/// <summary>What the library is told of one reader, and what it tells back.</summary>
internal sealed class PcscReaderState(string reader)
{
    /// <summary>Reader name that stands for "a reader came or went".</summary>
    public const string AnyReader = @"\\?PnP?\Notification";

    public string Reader { get; } = reader;

    public uint Current { get; set; }

    public uint Event { get; set; }

    public byte[] Atr { get; set; } = [];
}
