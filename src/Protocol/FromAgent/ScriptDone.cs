using System.Text.Json.Serialization;

namespace Evercard.Protocol;

/// <summary>Why the way to the card failed in the middle of a script.</summary>
[JsonConverter(typeof(KebabCase<ScriptFailure>))]
public enum ScriptFailure
{
    /// <summary>The card left the reader, or another one is in it now.</summary>
    Removed,
    Busy,
    Unresponsive,
    ReaderGone,
    ServiceStopped,
    ResetByOther,
}

/// <summary>The card's answer to one step.</summary>
/// <param name="Status">Status word, 0 to 65,535.</param>
/// <param name="Data">Response data.</param>
/// <param name="PasscodeVerified">For a proof: VERIFY answered 9000.</param>
public sealed record ScriptAnswer(int Status, ReadOnlyMemory<byte> Data, bool PasscodeVerified);

/// <summary>The script ran, to its end or to the first unexpected answer.</summary>
/// <param name="ScriptId">RunScript's.</param>
/// <param name="ActId">RunScript's.</param>
/// <param name="Epoch">RunScript's.</param>
/// <param name="Answers">One for each step that ran.</param>
/// <param name="Failure">Set where the way to the card failed after the last answer.</param>
/// <param name="CardMicroseconds">Time between sending command APDUs and receiving their answers.</param>
public sealed record ScriptDone(
    string ScriptId, string ActId, int Epoch, IReadOnlyList<ScriptAnswer> Answers, ScriptFailure? Failure, long CardMicroseconds) : Message
{
    internal override string? FindFault() =>
        Field.Id(ScriptId, nameof(ScriptId)) ?? Field.Id(ActId, nameof(ActId)) ?? Field.NotNegative(Epoch, nameof(Epoch))
        ?? Field.Count(Answers, nameof(Answers), 0)
        ?? Answers.Select(answer => Field.Range(answer.Status, nameof(ScriptAnswer.Status), 0, 0xFFFF)).FirstOrDefault(fault => fault is not null)
        ?? Field.NotNegative(CardMicroseconds, nameof(CardMicroseconds));
}
