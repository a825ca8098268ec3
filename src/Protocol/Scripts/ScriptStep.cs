using System.Text.Json.Serialization;

namespace Evercard.Protocol;

/// <summary>One step of a card script: the mirror of Cards' CardStep. The property "step" comes first and names it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(Raw), "raw")]
[JsonDerivedType(typeof(VerifyPasscode), "verify-passcode")]
[JsonDerivedType(typeof(SetPasscode), "set-passcode")]
[JsonDerivedType(typeof(ChangePasscode), "change-passcode")]
[JsonDerivedType(typeof(Prove), "prove")]
[JsonDerivedType(typeof(Reset), "reset")]
public abstract record ScriptStep
{
    internal virtual string? FindFault() => null;

    /// <summary>A command APDU as it is, unchained, short or extended.</summary>
    /// <param name="Command">Bytes of ISO/IEC 7816-4 cases 1 to 4.</param>
    /// <param name="AnyStatus">The script goes on whatever the card answers.</param>
    public sealed record Raw(ReadOnlyMemory<byte> Command, bool AnyStatus) : ScriptStep
    {
        internal override string? FindFault() => Field.Bytes(Command, nameof(Command), 4, 16_384);
    }

    /// <summary>VERIFY with the passcode that the agent holds.</summary>
    public sealed record VerifyPasscode : ScriptStep;

    /// <summary>RESET RETRY COUNTER with this PUK and the new passcode that the agent holds.</summary>
    /// <param name="Puk">8 bytes; used once and then rotated.</param>
    public sealed record SetPasscode(ReadOnlyMemory<byte> Puk) : ScriptStep
    {
        internal override string? FindFault() => Field.Bytes(Puk, nameof(Puk), 8);

        public override string ToString() => nameof(SetPasscode);
    }

    /// <summary>CHANGE REFERENCE DATA with the present and the new passcode that the agent holds.</summary>
    public sealed record ChangePasscode : ScriptStep;

    /// <summary>VERIFY directly followed by GENERAL AUTHENTICATE over the structure that the agent builds.</summary>
    /// <param name="Key">Key reference: 0x9A or 0x9C.</param>
    /// <param name="Algorithm">Algorithm identifier of SP 800-78-5.</param>
    /// <param name="Nonce">32 bytes.</param>
    /// <param name="Purpose">1 log-in, 2 observe, 3 finish, 4 generated, 5 written, 6 confirm.</param>
    /// <param name="Tolerant">Forgives a failed GENERAL AUTHENTICATE, never a failed VERIFY.</param>
    public sealed record Prove(byte Key, byte Algorithm, ReadOnlyMemory<byte> Nonce, byte Purpose, bool Tolerant) : ScriptStep
    {
        internal override string? FindFault() =>
            Key is not (0x9A or 0x9C) ? "Key is neither 9A nor 9C"
            : Field.Bytes(Nonce, nameof(Nonce), Field.NonceBytes) ?? Field.Range(Purpose, nameof(Purpose), 1, 6);
    }

    /// <summary>Resets the card and selects the PIV card application again.</summary>
    public sealed record Reset : ScriptStep;
}
