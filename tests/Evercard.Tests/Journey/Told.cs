using Evercard.Agent;
using Evercard.Protocol;

namespace Evercard.Tests.Journey;

/// <summary>What a person was told.</summary>
internal static class Told
{
    public const string IdChecker = "Take the card and photo ID to an ID Checker. It cannot be done remotely.";

    /// <summary>Refused with these very words.</summary>
    public static Refused ShouldSay<T>(this AgentOutcome<T> outcome, string code, string sentence, string nextStep, int? triesLeft = null)
        where T : Message
    {
        var refused = outcome.ShouldRefuse(code);
        refused.Title.ShouldBe(sentence);
        refused.NextStep.ShouldBe(nextStep);
        refused.TriesLeft.ShouldBe(triesLeft);
        return refused;
    }

    public static Refused ShouldRefuse<T>(this AgentOutcome<T> outcome, string code)
        where T : Message
    {
        var refused = outcome.ShouldBeOfType<AgentOutcome<T>.Refused>().Message;
        refused.Code.ShouldBe(code, refused.Title);
        return refused;
    }

    public static T ShouldBeDone<T>(this AgentOutcome<T> outcome)
        where T : Message =>
        outcome is AgentOutcome<T>.Done done ? done.Message : throw new ShouldAssertException($"Refused: {((AgentOutcome<T>.Refused)outcome).Message.Code}");
}
