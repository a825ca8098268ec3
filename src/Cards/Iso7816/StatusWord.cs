namespace Evercard.Cards.Iso7816;

/// <summary>The two status bytes SW1-SW2 that end every response APDU (ISO/IEC 7816-4, 5.6).</summary>
/// <param name="Value">SW1 in the high byte, SW2 in the low byte.</param>
public readonly record struct StatusWord(ushort Value)
{
    public static readonly StatusWord Success = new(0x9000);
    public static readonly StatusWord MemoryFailure = new(0x6581);
    public static readonly StatusWord WrongLength = new(0x6700);
    public static readonly StatusWord CommandChainingNotSupported = new(0x6884);
    public static readonly StatusWord SecurityStatusNotSatisfied = new(0x6982);
    public static readonly StatusWord AuthenticationMethodBlocked = new(0x6983);
    public static readonly StatusWord ConditionsOfUseNotSatisfied = new(0x6985);
    public static readonly StatusWord IncorrectData = new(0x6A80);
    public static readonly StatusWord FileNotFound = new(0x6A82);
    public static readonly StatusWord NotEnoughMemory = new(0x6A84);
    public static readonly StatusWord IncorrectParameters = new(0x6A86);
    public static readonly StatusWord ReferencedDataNotFound = new(0x6A88);
    public static readonly StatusWord InstructionNotSupported = new(0x6D00);
    public static readonly StatusWord ClassNotSupported = new(0x6E00);

    public byte Sw1 => (byte)(Value >> 8);

    public byte Sw2 => (byte)Value;

    public bool IsSuccess => Value == 0x9000;

    /// <summary>61xx: the command succeeded and xx more bytes wait (00 means 256 or more).</summary>
    public bool HasMoreData => Sw1 == 0x61;

    /// <summary>Tries left as told by 63Cx, 0 for 6983, otherwise null.</summary>
    public int? TriesLeft => (Value & 0xFFF0) == 0x63C0 ? Value & 0x0F : Value == 0x6983 ? 0 : null;

    public static StatusWord WithTriesLeft(int triesLeft) => new((ushort)(0x63C0 | Math.Clamp(triesLeft, 0, 15)));

    public override string ToString() => Value.ToString("X4", System.Globalization.CultureInfo.InvariantCulture);
}
