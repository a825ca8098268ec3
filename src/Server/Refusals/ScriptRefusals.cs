using Evercard.Lifecycle;
using Evercard.Protocol;

namespace Evercard.Server.Refusals;

/// <summary>What a person is told where the agent ran no step of a script: the link is well, whatever the act made of it.</summary>
internal static class ScriptRefusals
{
    private const string Unreachable = "SERVICE-UNREACHABLE";

    /// <param name="outcome">What the act ended with.</param>
    /// <param name="last">Why the agent refused the act's last script; null where it ran.</param>
    /// <param name="stale">Says that the act went on elsewhere.</param>
    public static Refusal Explain(this Refusal outcome, ScriptRefusal? last, Refusal stale) => (outcome.Code, last) switch
    {
        (Unreachable, ScriptRefusal.NoPasscode) => Lifecycle.Refusals.PasscodeNeeded(outcome.Reference),
        (Unreachable, ScriptRefusal.Stale or ScriptRefusal.NoSuchAct) => stale,
        (Unreachable, ScriptRefusal.CommandNotAllowed) => Failed(outcome.Reference),
        _ => outcome,
    };

    public static Refusal Failed(string? reference) => new(
        "SERVICE-FAILED", "Something went wrong in the service.", "Try again. If it happens again, tell the service desk.", reference);
}
