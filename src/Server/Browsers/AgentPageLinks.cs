using System.Security.Cryptography;
using Evercard.Lifecycle;
using Evercard.Protocol;
using Evercard.Server.AgentLink;

namespace Evercard.Server.Browsers;

/// <summary>Where a browser is sent at its own computer, or why not.</summary>
public abstract record AgentPageLink
{
    /// <param name="Address">A page of the agent's own, ready and waiting.</param>
    public sealed record Ready(string Address) : AgentPageLink;

    public sealed record Refused(Refusal Refusal) : AgentPageLink;
}

/// <summary>Asks the agent of a joined browser for one of its own pages. Never a blind redirect: the agent has answered before the browser goes there.</summary>
public sealed class AgentPageLinks(ConnectedAgents connected, TimeProvider time)
{
    /// <summary>The agent's address for browsers; null where it has no pages.</summary>
    public static string? AddressOf(AgentConnection agent) => agent.PagesPort == 0 ? null : $"http://127.0.0.1:{agent.PagesPort}";

    /// <summary>The computer of this log-in, and since when it has its link; null where it has none.</summary>
    public (string AgentId, DateTimeOffset Since)? LinkOf(SignedIn who) =>
        connected.TryFind(who.Browser.AgentId, out var agent) ? (agent.AgentId, agent.WelcomedAt) : null;

    /// <summary>The card of this log-in, where it is in a reader of its computer now.</summary>
    public string? ReaderOf(SignedIn who) => connected.TryFind(who.Browser.AgentId, out var agent) ? agent.Cards.ReaderOf(who.Card.Id) : null;

    /// <param name="agentId">The agent that the browser was joined to.</param>
    /// <param name="page">Which page.</param>
    /// <param name="reader">Where the card is; null where any will do.</param>
    /// <param name="returnPath">Where the browser goes afterwards.</param>
    /// <param name="takeOver">Renewal: it goes on here.</param>
    /// <param name="cancellation">The browser is gone.</param>
    /// <param name="roleProfileId">Role choice: the role that is preselected.</param>
    /// <param name="managed">Confirmation and new passcode: the act on another person's card.</param>
    public async Task<AgentPageLink> Open(
        string agentId, AgentPage page, string? reader, string returnPath, bool takeOver, CancellationToken cancellation, string? roleProfileId = null,
        ManagedAct? managed = null)
    {
        if (!connected.TryFind(agentId, out var agent))
        {
            return new AgentPageLink.Refused(Lifecycle.Refusals.AgentMissing());
        }

        if (AddressOf(agent) is not { } address)
        {
            return new AgentPageLink.Refused(Lifecycle.Refusals.AgentOld(agent.Version, agent.Options.MinimumAgentVersion));
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return await agent.Ask(new OpenPage(id, page, reader, time.GetUtcNow(), returnPath, takeOver, roleProfileId, managed), cancellation) switch
        {
            PageOpened opened => new AgentPageLink.Ready(address + opened.Path),
            Refused no => new AgentPageLink.Refused(new Refusal(no.Code, no.Title, no.NextStep, no.Reference, no.TriesLeft)),
            _ => new AgentPageLink.Refused(Lifecycle.Refusals.AgentMissing()),
        };
    }
}
