using System.Diagnostics.CodeAnalysis;
using Evercard.Cards.Iso7816;

namespace Evercard.Cards.Piv.Objects;

/// <summary>Discovery object (SP 800-73-5 part 1, 3.3.2 and table 18).</summary>
/// <param name="ApplicationIdentifier">AID of the PIV card application.</param>
/// <param name="PinUsagePolicy">2 bytes, big endian.</param>
public sealed record Discovery(ReadOnlyMemory<byte> ApplicationIdentifier, int PinUsagePolicy)
{
    private const int AidTag = 0x4F;
    private const int PolicyTag = 0x5F2F;
    private const int PasscodeBit = 0x4000;
    private const int GlobalPinBit = 0x2000;
    private const int GlobalPinPrimary = 0x0020;

    /// <summary>What a card has that knows the application's passcode only.</summary>
    public static readonly Discovery PasscodeOnly = new(PivCommands.ApplicationIdentifier, PasscodeBit);

    /// <summary>The passcode (key reference 80) gives access.</summary>
    public bool AcceptsPasscode => (PinUsagePolicy & PasscodeBit) != 0;

    /// <summary>The global PIN (key reference 00) gives access too.</summary>
    public bool AcceptsGlobalPin => (PinUsagePolicy & GlobalPinBit) != 0;

    /// <summary>The cardholder's primary PIN is the global one: only meaningful with <see cref="AcceptsGlobalPin"/>.</summary>
    public bool PrefersGlobalPin => AcceptsGlobalPin && (PinUsagePolicy & 0xFF) == GlobalPinPrimary;

    /// <summary>Reads what stands inside 7E.</summary>
    /// <returns>False where the AID or the policy is missing; never throws.</returns>
    public static bool TryDecode(ReadOnlyMemory<byte> contents, [NotNullWhen(true)] out Discovery? discovery)
    {
        discovery = null;
        if (BerTlv.TryReadAll(contents, TlvReading.Tolerant, out var fields)
            && BerTlv.Find(fields, AidTag) is { Length: > 0 and <= 16 } aid
            && BerTlv.Find(fields, PolicyTag) is { Length: 2 } policy)
        {
            discovery = new Discovery(aid, (policy.Span[0] << 8) | policy.Span[1]);
        }

        return discovery is not null;
    }

    /// <summary>What stands inside 7E.</summary>
    public byte[] Encode() =>
        [.. BerTlv.Encode(AidTag, ApplicationIdentifier.Span), .. BerTlv.Encode(PolicyTag, [(byte)(PinUsagePolicy >> 8), (byte)PinUsagePolicy])];
}
