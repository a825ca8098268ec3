using System.Security.Cryptography.X509Certificates;
using Evercard.Protocol;

namespace Evercard.Agent;

/// <summary>How one agent is set up.</summary>
public sealed record AgentOptions
{
    /// <summary>The one server that this agent talks to (https, or http on this computer); never taken from a link.</summary>
    public required Uri ServerAddress { get; init; }

    /// <summary>Holds the device key; made at first start.</summary>
    public required string DataFolder { get; init; }

    /// <summary>As people know this computer: 1 to 200 characters, none of them a control character.</summary>
    public string ComputerName { get; init; } = Environment.MachineName;

    /// <summary>Tells another version than the program's own; for development.</summary>
    public string? VersionOverride { get; init; }

    /// <summary>How long another program's hold on a card is waited for before CARD-BUSY.</summary>
    public TimeSpan BusyFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Opens the user's certificate store, from which superseded certificates are removed after a renewal.</summary>
    public Func<X509Store> UserCertificates { get; init; } = () => new X509Store(StoreName.My, StoreLocation.CurrentUser);

    /// <summary>Mean wait before the first attempt to connect again; doubles with each.</summary>
    public TimeSpan ReconnectAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan ReconnectAtMost { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the server may take for its challenge and its welcome.</summary>
    public TimeSpan WelcomeWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a server may say nothing at all while something is asked of it before that is given up. Longer than it waits for a slow card.
    /// </summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Connects to the server's host in place of a plain TCP connection; for a fault switch. TLS goes over what it returns.</summary>
    public Func<Uri, CancellationToken, ValueTask<Stream>>? Dial { get; init; }

    /// <summary>The version that the agent tells the server, e.g. "0.1.0".</summary>
    public string Version => VersionOverride ?? typeof(AgentOptions).Assembly.GetName().Version!.ToString(3);

    /// <returns>What is wrong with the set-up, for people; null where nothing is.</returns>
    public string? FindFault() =>
        ServerAddress.Scheme is not ("http" or "https") ? "The server's address starts neither with https nor with http."
        : Protocol.ServerAddress.FindFault(ServerAddress.OriginalString) is { } fault ? $"The server's address cannot be used: {fault}."
        : Hello.IsComputerName(ComputerName) ? null
        : "The computer's name must have 1 to 200 characters, without control characters.";
}
