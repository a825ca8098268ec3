namespace Evercard.Agent;

/// <summary>How one agent is set up.</summary>
public sealed record AgentOptions
{
    /// <summary>The one server that this agent talks to (http or https); never taken from a link.</summary>
    public required Uri ServerAddress { get; init; }

    /// <summary>Holds the device key; made at first start.</summary>
    public required string DataFolder { get; init; }

    /// <summary>As people know this computer.</summary>
    public string ComputerName { get; init; } = Environment.MachineName;

    /// <summary>Tells another version than the program's own; for development.</summary>
    public string? VersionOverride { get; init; }

    /// <summary>How long another program's hold on a card is waited for before CARD-BUSY.</summary>
    public TimeSpan BusyFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Mean wait before the first attempt to connect again; doubles with each.</summary>
    public TimeSpan ReconnectAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan ReconnectAtMost { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The version that the agent tells the server, e.g. "0.1.0".</summary>
    public string Version => VersionOverride ?? typeof(AgentOptions).Assembly.GetName().Version!.ToString(3);
}
