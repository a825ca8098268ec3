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

    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);
}
