namespace Evercard.Cards.Piv;

/// <summary>Instruction bytes of the PIV card application (SP 800-73-5 part 2, table 2; ISO/IEC 7816-4).</summary>
public static class PivInstruction
{
    public const byte Verify = 0x20;
    public const byte ChangeReferenceData = 0x24;
    public const byte ResetRetryCounter = 0x2C;
    public const byte GenerateAsymmetricKeyPair = 0x47;
    public const byte GeneralAuthenticate = 0x87;
    public const byte Select = 0xA4;
    public const byte GetResponse = 0xC0;
    public const byte GetData = 0xCB;
    public const byte PutData = 0xDB;

    /// <summary>Yubico family: key metadata.</summary>
    public const byte GetMetadata = 0xF7;

    /// <summary>Yubico family: serial number.</summary>
    public const byte GetSerial = 0xF8;

    /// <summary>Yubico family: version.</summary>
    public const byte GetVersion = 0xFD;

    /// <summary>Yubico family: set the administration key.</summary>
    public const byte SetManagementKey = 0xFF;
}
