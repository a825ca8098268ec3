namespace Evercard.Server.Join;

/// <summary>Where a browser that knows no agent may look for one.</summary>
internal static class AgentPorts
{
    /// <summary>An agent takes this port on 127.0.0.1 where it is free.</summary>
    public const int Usual = 35960;
}
