using Evercard.Lifecycle;
using Evercard.Registry.Computers;

namespace Evercard.Server.Computers;

/// <summary>A computer as the list shows it.</summary>
/// <param name="Id">Of its agent.</param>
/// <param name="Name">As the computer calls itself: two may have the same.</param>
/// <param name="Version">Of its agent.</param>
/// <param name="IsOutdated">It may log in and nothing else.</param>
/// <param name="LastSeen">When, in words.</param>
/// <param name="Status">In a word.</param>
/// <param name="Meaning">What that means for work on smartcards, and why nothing can be chosen.</param>
/// <param name="CanApprove">Approving it is offered.</param>
/// <param name="CanWithdraw">Taking the approval back is offered.</param>
/// <param name="CanEnd">Ending its quarantine is offered.</param>
public sealed record ListedComputer(
    string Id, string Name, string Version, bool IsOutdated, string LastSeen, string Status, string Meaning, bool CanApprove, bool CanWithdraw, bool CanEnd)
{
    private const int ShortLength = 8;

    /// <summary>Tells computers of one name apart.</summary>
    public string ShortId => Id[..Math.Min(ShortLength, Id.Length)];

    /// <summary>A pure function.</summary>
    /// <param name="agent">As it is on the books.</param>
    /// <param name="isConnected">This node holds its link now.</param>
    /// <param name="oldest">Agents below it are outdated.</param>
    /// <param name="options">Where people read times.</param>
    /// <param name="made">Of a quarantined one: smartcards with a key that counts and that was made there.</param>
    public static ListedComputer Of(Agent agent, bool isConnected, Version oldest, LifecycleOptions options, int made = 0)
    {
        var (status, meaning) = agent.Status switch
        {
            AgentStatus.Approved => ("Approved", "Smartcards of other people can be repaired and issued here."),
            AgentStatus.Quarantined => (
                "Quarantined",
                "It handed in something that turned out to be false. It gets no work on smartcards, and cannot be approved, until computer support has looked at it."
                + made switch
                {
                    0 => "",
                    1 => " One smartcard still has a key that was made here: first have it repaired at another computer.",
                    _ => $" {made} smartcards still have a key that was made here: first have them repaired at another computer.",
                }),
            _ => ("Known", "People log in and renew their own smartcards here. Nothing else."),
        };
        return new(
            agent.Id, agent.ComputerName, agent.Version, IsOlder(agent.Version, oldest),
            isConnected ? "Connected now" : $"{Expiry.InWords(agent.LastSeenAt, options.TimeZone)}, {Expiry.TimeInWords(agent.LastSeenAt, options.TimeZone)}",
            status, meaning, agent.Status == AgentStatus.Known, agent.Status == AgentStatus.Approved,
            agent.Status == AgentStatus.Quarantined && made == 0);
    }

    /// <summary>The rule by which agents are refused acts: what is no version is too old as well.</summary>
    public static bool IsOlder(string version, Version oldest) => !System.Version.TryParse(version, out var parsed) || parsed < oldest;
}
