using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Piv;
using Evercard.Cards.Scripts;
using Evercard.Protocol;

namespace Evercard.Agent.CardScripts;

/// <summary>Messages to card scripts, and replies back.</summary>
internal static class ScriptMessages
{
    /// <returns>False where a raw step is no command APDU.</returns>
    public static bool TryRead(RunScript message, [NotNullWhen(true)] out CardScript? script)
    {
        var steps = message.Steps.Select(Read).ToList();
        script = steps.Contains(null) ? null : new CardScript(message.Name, steps!);
        return script is not null;
    }

    public static ScriptDone ToMessage(RunScript script, ScriptReply reply) => new(
        script.ScriptId, script.ActId, script.Epoch,
        [.. reply.Answers.Select(answer => new ScriptAnswer(answer.Status.Value, answer.Data, answer.PasscodeVerified))],
        reply.Failure is { } failure ? ToMessage(failure) : null,
        (long)reply.CardTime.TotalMicroseconds);

    /// <summary>A PUK or a new administration key stands in some steps: nothing of them is left once they ran.</summary>
    public static void ZeroSecrets(RunScript message, CardScript script)
    {
        foreach (var raw in script.Steps.OfType<CardStep.Raw>())
        {
            raw.Command.ZeroData();
        }

        foreach (var step in message.Steps)
        {
            var bytes = step switch { ScriptStep.Raw raw => raw.Command, ScriptStep.SetPasscode set => set.Puk, _ => default };
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsMemory(bytes).Span);
        }
    }

    private static CardStep? Read(ScriptStep step) => step switch
    {
        ScriptStep.Raw raw => CommandApdu.TryParse(raw.Command.Span, out var command) ? new CardStep.Raw(command, raw.AnyStatus) : null,
        ScriptStep.VerifyPasscode => new CardStep.VerifyPasscode(),
        ScriptStep.SetPasscode set => new CardStep.SetPasscode(set.Puk),
        ScriptStep.ChangePasscode => new CardStep.ChangePasscode(),
        ScriptStep.Prove prove => new CardStep.Prove(
            (KeyReference)prove.Key, (PivAlgorithm)prove.Algorithm, prove.Nonce, (ProofPurpose)prove.Purpose, prove.Tolerant),
        ScriptStep.Reset => new CardStep.Reset(),
        _ => null,
    };

    private static ScriptFailure ToMessage(CardConnectionFailure failure) => failure switch
    {
        CardConnectionFailure.Removed => ScriptFailure.Removed,
        CardConnectionFailure.Busy => ScriptFailure.Busy,
        CardConnectionFailure.ReaderGone => ScriptFailure.ReaderGone,
        CardConnectionFailure.ServiceStopped => ScriptFailure.ServiceStopped,
        CardConnectionFailure.ResetByOther => ScriptFailure.ResetByOther,
        _ => ScriptFailure.Unresponsive,
    };
}
