using System.Net;
using Evercard.Agent.Pages.Guard;
using Evercard.Agent.Pages.Opening;

namespace Evercard.Agent.Pages;

/// <summary>How the agent's own pages are set up.</summary>
public sealed record AgentPagesOptions
{
    public const int UsualPort = 35_960;

    /// <summary>On 127.0.0.1. Any free one is taken where it is in use; 0: any.</summary>
    public int Port { get; init; } = UsualPort;

    /// <summary>Where browsers find the service; null: at the address that the agent is pinned to.</summary>
    public Uri? ServiceAddress { get; init; }

    /// <summary>Where people read dates and times.</summary>
    public TimeZoneInfo Zone { get; init; } = DateWords.London;

    /// <summary>A card that is put in opens the log-in window.</summary>
    public bool OpensWindows { get; init; } = true;

    /// <summary>What kind of place this is, above everything else; null where it is real.</summary>
    public string? Banner { get; init; }

    public PageOpener Opener { get; init; } = PageOpener.OfThisComputer;

    /// <summary>Whether the other end of a connection (first) to this end (second) belongs to this agent's user.</summary>
    public Func<IPEndPoint, IPEndPoint, bool> IsOwnUser { get; init; } = PeerOwner.IsOwnUser;
}
