using Evercard.Cards;
using Evercard.Cards.Iso7816;
using Evercard.Cards.Scripts;
using Evercard.Protocol;

namespace Evercard.Server.AgentLink;

/// <summary>Card scripts to messages, and replies back.</summary>
internal static class ScriptMessages
{
    private static readonly TimeSpan MostCardTime = TimeSpan.FromHours(1);

    public static ScriptStep ToMessage(CardStep step) => step switch
    {
        CardStep.Raw raw => new ScriptStep.Raw(raw.Command.ToBytes(), raw.AnyStatus),
        CardStep.VerifyPasscode => new ScriptStep.VerifyPasscode(),
        CardStep.SetPasscode set => new ScriptStep.SetPasscode(set.Puk),
        CardStep.ChangePasscode => new ScriptStep.ChangePasscode(),
        CardStep.Prove prove => new ScriptStep.Prove((byte)prove.Key, (byte)prove.Algorithm, prove.Nonce, (byte)prove.Purpose, prove.Tolerant),
        CardStep.Reset => new ScriptStep.Reset(),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.GetType().Name, "No message for this step."),
    };

    /// <summary>The agent's own figure of time is believed up to an hour.</summary>
    public static ScriptReply ToReply(ScriptDone done) => new(
        [.. done.Answers.Select(answer => new StepAnswer(new StatusWord((ushort)answer.Status), answer.Data, answer.PasscodeVerified))],
        done.Failure is { } failure ? ToFailure(failure) : null,
        TimeSpan.FromMicroseconds(Math.Min(done.CardMicroseconds, MostCardTime.TotalMicroseconds)));

    private static CardConnectionFailure ToFailure(ScriptFailure failure) => failure switch
    {
        ScriptFailure.Removed => CardConnectionFailure.Removed,
        ScriptFailure.Busy => CardConnectionFailure.Busy,
        ScriptFailure.ReaderGone => CardConnectionFailure.ReaderGone,
        ScriptFailure.ServiceStopped => CardConnectionFailure.ServiceStopped,
        ScriptFailure.ResetByOther => CardConnectionFailure.ResetByOther,
        _ => CardConnectionFailure.Unresponsive,
    };
}
