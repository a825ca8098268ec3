using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Evercard.CardSimulator.Storage;

/// <summary>Passcode or PUK with its retry counter (SP 800-73-5 part 1, 5.5).</summary>
public sealed class StoredReference
{
    public const int Length = 8;

    [JsonConstructor]
    internal StoredReference()
    {
    }

    internal StoredReference(ReadOnlySpan<byte> value, int tries)
    {
        Value = value.ToArray();
        (Tries, TriesLeft) = (tries, tries);
    }

    /// <summary>8 bytes; a shorter passcode is padded with FF.</summary>
    [JsonInclude]
    public byte[] Value { get; internal set; } = [];

    /// <summary>Value of a fresh retry counter.</summary>
    [JsonInclude]
    public int Tries { get; internal set; }

    [JsonInclude]
    public int TriesLeft { get; internal set; }

    [JsonIgnore]
    public bool IsBlocked => TriesLeft <= 0;

    /// <summary>Compares; a wrong value costs one try, a right one restores all of them.</summary>
    /// <param name="candidate">8 bytes.</param>
    /// <returns>True where it was right; false where it was wrong or no try was left.</returns>
    internal bool Check(ReadOnlySpan<byte> candidate)
    {
        if (IsBlocked)
        {
            return false;
        }

        // Counted down first: whatever ends the comparison early leaves a try spent. A simulated card loses its power
        // before or after a command, never inside this one, and stores the outcome once.
        TriesLeft--;
        if (!CryptographicOperations.FixedTimeEquals(candidate, Value))
        {
            return false;
        }

        TriesLeft = Tries;
        return true;
    }

    internal void Set(ReadOnlySpan<byte> value)
    {
        CryptographicOperations.ZeroMemory(Value);
        Value = value.ToArray();
        TriesLeft = Tries;
    }
}
