using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv;

/// <content>
/// Passcode and PUK (SP 800-73-5 part 2, 3.2). Each command owns a copy of the secret: call
/// <see cref="CommandApdu.ZeroData"/> once it is sent.
/// </content>
public static partial class PivCommands
{
    /// <summary>VERIFY the passcode (part 2, 3.2.1).</summary>
    /// <param name="passcode">8 bytes, padded with FF: see <see cref="PasscodeFormat"/>.</param>
    /// <exception cref="ArgumentException">Not 8 bytes.</exception>
    public static CommandApdu Verify(ReadOnlySpan<byte> passcode) =>
        Command(PivInstruction.Verify, 0x00, (byte)ReferenceData.Passcode, Joined(passcode, default), null);

    /// <summary>VERIFY without data (part 2, 3.2.1): 9000 where the passcode is verified, otherwise 63Cx or 6983. Takes no try.</summary>
    public static CommandApdu VerifyStatus() => Command(PivInstruction.Verify, 0x00, (byte)ReferenceData.Passcode, default, null);

    /// <summary>CHANGE REFERENCE DATA (part 2, 3.2.2). The passcode, changed, is verified too; before 9C it takes a VERIFY all the same.</summary>
    /// <param name="which">Passcode or PUK.</param>
    /// <param name="present">8 bytes.</param>
    /// <param name="next">8 bytes.</param>
    /// <exception cref="ArgumentException">Not 8 bytes.</exception>
    public static CommandApdu ChangeReferenceData(ReferenceData which, ReadOnlySpan<byte> present, ReadOnlySpan<byte> next) =>
        Command(PivInstruction.ChangeReferenceData, 0x00, (byte)which, Joined(present, next, both: true), null);

    /// <summary>RESET RETRY COUNTER (part 2, 3.2.3). It verifies nothing: a passcode that was not verified before is not verified afterwards.</summary>
    /// <param name="puk">8 bytes.</param>
    /// <param name="passcode">8 bytes: the new passcode.</param>
    /// <exception cref="ArgumentException">Not 8 bytes.</exception>
    public static CommandApdu ResetRetryCounter(ReadOnlySpan<byte> puk, ReadOnlySpan<byte> passcode) =>
        Command(PivInstruction.ResetRetryCounter, 0x00, (byte)ReferenceData.Passcode, Joined(puk, passcode, both: true), null);

    private static byte[] Joined(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, bool both = false)
    {
        if (first.Length != PasscodeFormat.BlockLength || second.Length != (both ? PasscodeFormat.BlockLength : 0))
        {
            throw new ArgumentException("Reference data has 8 bytes.", nameof(first));
        }

        return [.. first, .. second];
    }
}
