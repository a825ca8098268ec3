using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;

namespace Evercard.Cards.Scripts;

/// <summary>
/// Steps that the card's computer runs without a pause and answers in one reply. It stops after the first step whose
/// status word was not expected. Command chaining and GET RESPONSE (61xx) happen below the script.
/// </summary>
/// <param name="Name">What the script is for, in the words of docs/renewal.md: "observe", "generate 9C" …</param>
/// <param name="Steps">At least one step.</param>
public sealed record CardScript(string Name, IReadOnlyList<CardStep> Steps);

/// <summary>One step of a card script.</summary>
public abstract record CardStep
{
    /// <summary>A command APDU as it is; expected status 9000, or any where <paramref name="AnyStatus"/> is set.</summary>
    /// <param name="Command">Unchained; may be longer than a short APDU.</param>
    /// <param name="AnyStatus">The script goes on whatever the card answers.</param>
    public sealed record Raw(CommandApdu Command, bool AnyStatus = false) : CardStep;

    /// <summary>VERIFY with the passcode that the agent holds.</summary>
    public sealed record VerifyPasscode : CardStep;

    /// <summary>RESET RETRY COUNTER with the given PUK and the new passcode that the agent holds.</summary>
    /// <param name="Puk">8 bytes.</param>
    public sealed record SetPasscode(ReadOnlyMemory<byte> Puk) : CardStep
    {
        public override string ToString() => nameof(SetPasscode);
    }

    /// <summary>CHANGE REFERENCE DATA with the present and the new passcode that the agent holds.</summary>
    public sealed record ChangePasscode : CardStep;

    /// <summary>VERIFY directly followed by GENERAL AUTHENTICATE over the proof structure that the agent builds.</summary>
    /// <param name="Key">9A or 9C.</param>
    /// <param name="Algorithm">Algorithm of the key that should be on the card.</param>
    /// <param name="Nonce">32 bytes from the server.</param>
    /// <param name="Purpose">What is proven; part of what is signed.</param>
    /// <param name="Tolerant">Forgives a failed GENERAL AUTHENTICATE (status other than 9000), never a failed VERIFY.</param>
    public sealed record Prove(
        KeyReference Key, PivAlgorithm Algorithm, ReadOnlyMemory<byte> Nonce, ProofPurpose Purpose, bool Tolerant = false) : CardStep;

    /// <summary>Resets the card and selects the PIV card application again.</summary>
    public sealed record Reset : CardStep;
}

/// <summary>What a signature by the card is for; part of the signed structure.</summary>
public enum ProofPurpose : byte
{
    LogIn = 1,

    /// <summary>The card in front of us still holds this key.</summary>
    Observe = 2,

    /// <summary>Gives the right to finish an open operation and nothing else.</summary>
    Finish = 3,

    /// <summary>The key was generated in this script.</summary>
    Generated = 4,

    /// <summary>The key signs after its certificate was written and the card was reset.</summary>
    Written = 5,

    /// <summary>An operator confirms one act on another person's card.</summary>
    Confirm = 6,
}

/// <summary>The card's answer to one step.</summary>
/// <param name="Status">Status word of the step's last APDU; for a <see cref="CardStep.Prove"/> that failed at VERIFY, VERIFY's.</param>
/// <param name="Data">Response data: for <see cref="CardStep.Prove"/> the bare signature (DER for EC, PKCS#1 block for RSA).</param>
/// <param name="PasscodeVerified">For <see cref="CardStep.Prove"/>: whether VERIFY answered 9000.</param>
public sealed record StepAnswer(StatusWord Status, ReadOnlyMemory<byte> Data, bool PasscodeVerified = false);

/// <summary>How a card script ended.</summary>
/// <param name="Answers">One for each step that ran, in order; the last one stopped the script where there are fewer answers than steps.</param>
/// <param name="Failure">Set where the way to the card failed after the last answer; null where the card itself stopped or finished the script.</param>
/// <param name="CardTime">Time spent between sending command APDUs and receiving their answers.</param>
public sealed record ScriptReply(IReadOnlyList<StepAnswer> Answers, CardConnectionFailure? Failure, TimeSpan CardTime);

/// <summary>A card somewhere: the only seam through which an act reaches it.</summary>
public interface ICard
{
    /// <summary>What the proofs of this card's scripts are bound to.</summary>
    ActBinding Binding { get; }

    /// <summary>Runs the script at the card's computer.</summary>
    /// <exception cref="CardConnectionException">LinkLost: no reply came; whether steps ran is unknown.</exception>
    Task<ScriptReply> Run(CardScript script, CancellationToken cancellation);
}
