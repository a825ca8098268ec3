using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Evercard.Cards.Piv;

namespace Evercard.Agent.CardScripts;

/// <summary>
/// A passcode, held for one act and five minutes at most, in memory that the garbage collector does not move. It is zeroed
/// at disposal, when the time is over, when the card leaves, and at once when the card says that it is wrong.
/// </summary>
public sealed class HeldPasscode : IDisposable
{
    public static readonly TimeSpan AtMost = TimeSpan.FromMinutes(5);

    private readonly byte[] padded = GC.AllocateArray<byte>(PasscodeFormat.BlockLength, pinned: true);
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly long since;
    private readonly ITimer timer;
    private bool held = true;

    private HeldPasscode(ReadOnlySpan<char> typed, TimeProvider time)
        : this(time) => PasscodeFormat.TryPad(typed, padded);

    private HeldPasscode(TimeProvider time)
    {
        this.time = time;
        since = time.GetTimestamp();
        timer = time.CreateTimer(_ => Zero(), null, AtMost, Timeout.InfiniteTimeSpan);
    }

    public bool IsHeld
    {
        get
        {
            lock (gate)
            {
                if (held && time.GetElapsedTime(since) >= AtMost)
                {
                    Zero();
                }

                return held;
            }
        }
    }

    /// <summary>Takes what was typed, where it is 6 to 8 digits.</summary>
    /// <returns>False for anything else (PASSCODE-FORMAT): no try is used.</returns>
    public static bool TryHold(ReadOnlySpan<char> typed, TimeProvider time, [NotNullWhen(true)] out HeldPasscode? passcode)
    {
        passcode = PasscodeFormat.IsWellFormed(typed) ? new HeldPasscode(typed, time) : null;
        return passcode is not null;
    }

    /// <summary>A second one of the same digits, for an act that sets a passcode and then uses it. It has its own five minutes.</summary>
    public HeldPasscode Copy()
    {
        var copy = new HeldPasscode(time);
        if (!TryCopyTo(copy.padded))
        {
            copy.Zero();
        }

        return copy;
    }

    /// <summary>Copies the 8 padded bytes; the caller zeroes them right after use.</summary>
    /// <returns>False where the passcode is held no more.</returns>
    public bool TryCopyTo(Span<byte> destination)
    {
        lock (gate)
        {
            if (!IsHeld)
            {
                return false;
            }

            padded.CopyTo(destination);
            return true;
        }
    }

    public void Zero()
    {
        lock (gate)
        {
            CryptographicOperations.ZeroMemory(padded);
            held = false;
        }

        timer?.Dispose();
    }

    public void Dispose() => Zero();

    public override string ToString() => nameof(HeldPasscode);
}
