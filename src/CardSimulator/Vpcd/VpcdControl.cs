namespace Evercard.CardSimulator.Vpcd;

/// <summary>Messages from vpcd that are one byte long are no command APDU.</summary>
internal static class VpcdControl
{
    public const byte PowerOff = 0x00;
    public const byte PowerOn = 0x01;
    public const byte Reset = 0x02;

    /// <summary>The only one that is answered; also vpcd's question, every 400 ms, whether the card is still there.</summary>
    public const byte GetAtr = 0x04;
}
