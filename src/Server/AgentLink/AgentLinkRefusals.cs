using Evercard.Protocol;

namespace Evercard.Server.AgentLink;

/// <summary>Refusals that the link itself gives.</summary>
internal static class AgentLinkRefusals
{
    public static Refused AgentOld(AgentLinkOptions options) => new(
        null, "AGENT-OLD", "Identity Agent on this computer is too old for this.",
        $"Ask IT for Identity Agent {options.MinimumAgentVersion}, or use another computer. You can still log in.");

    public static Refused ActInProgress(string requestId) => new(
        requestId, "CARD-BUSY", "Another act is under way on this computer.", "Wait until it is finished, then try again.");

    public static Refused TooManyReaders(string requestId) => new(
        requestId, "CARD-BUSY", $"This computer shows cards in more than {SeenCards.MostReaders} readers.", "Take another card out, then try again.");

    public static Refused Failed(string requestId) => new(
        requestId, "SERVICE-FAILED", "Something went wrong in the service.", "Try again. If it happens again, tell the service desk.");
}
