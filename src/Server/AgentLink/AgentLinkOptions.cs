namespace Evercard.Server.AgentLink;

/// <summary>What the server asks of agents.</summary>
public sealed class AgentLinkOptions
{
    /// <summary>
    /// Scheme, host and port that agents are pinned to, e.g. "https://care-identity.example". Never taken from a request:
    /// another server could relay a hello. Null closes the endpoint (503) until it is set.
    /// </summary>
    public string? ServerOrigin { get; set; }

    /// <summary>Agents below it may log in and nothing else.</summary>
    public Version MinimumAgentVersion { get; set; } = new(0, 1);

    public TimeSpan HelloWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A computer whose clock is further off gets no act (CLOCK-WRONG).</summary>
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>RSA keys take up to 70 seconds on a slow card.</summary>
    public TimeSpan ScriptWithin { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How often the link is tried, and how long the other side may be silent before it counts as gone.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Links that this node holds at a time; more are answered 429.</summary>
    public int MostLinks { get; set; } = 10_000;

    /// <summary>
    /// Links of one remote address that have not proven a device key; more are answered 429. A whole site may come through
    /// one address: agents come back by themselves. Behind a proxy all come from the proxy: set it higher there.
    /// </summary>
    public int MostUnprovenPerAddress { get; set; } = 32;

    /// <summary>Agents never seen before, for one remote address; more are cut off and come back later.</summary>
    public int MostNewAgentsPerMinute { get; set; } = 30;
}
