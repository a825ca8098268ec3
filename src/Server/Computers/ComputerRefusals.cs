using Evercard.Lifecycle;
using Evercard.Server.AgentLink;

namespace Evercard.Server.Computers;

/// <summary>What keeps a computer from acts on cards; it may still log in.</summary>
internal static class ComputerRefusals
{
    public static Refusal? For(AgentConnection agent, AgentLinkOptions options) => agent switch
    {
        { IsTooOld: true } => Lifecycle.Refusals.AgentOld(agent.Version, options.MinimumAgentVersion),
        { ClockError: { } error } => Lifecycle.Refusals.ClockWrong(error),
        _ => null,
    };
}
