using Evercard.Agent;
using Evercard.Authority;
using Evercard.Cards.Readers;
using Evercard.DevHost.Link;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evercard.DevHost;

/// <summary>How a service with one agent is started.</summary>
public sealed record RunningOptions
{
    public required DataFolder Folder { get; init; }

    public required IReaders Readers { get; init; }

    public LifecycleOptions Lifecycle { get; init; } = new();

    /// <summary>Added to each round trip between server and agent.</summary>
    public TimeSpan LinkDelay { get; init; }

    /// <summary>Told the messages between server and agent.</summary>
    public LinkTap? Tap { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string? AgentVersion { get; init; }

    /// <summary>The agent's clock; null: the same as the server's.</summary>
    public TimeProvider? AgentTime { get; init; }
}

/// <summary>A server node and an agent that talk over a real WebSocket on loopback.</summary>
public sealed class RunningNode : IAsyncDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly WebApplication server;
    private readonly DelayedLink? link;
    private readonly Task agentRuns;

    private RunningNode(WebApplication server, DelayedLink? link, IdentityAgent agent, RunningOptions options, string address)
    {
        (this.server, this.link, Agent, Address) = (server, link, agent, address);
        Samples = new SampleWard(
            server.Services.GetRequiredService<Database>(), server.Services.GetRequiredService<CertificateAuthority>(), options.Lifecycle, options.Time);
        agentRuns = agent.Run(ended.Token);
    }

    public IdentityAgent Agent { get; }

    public SampleWard Samples { get; }

    /// <summary>Where the server listens.</summary>
    public string Address { get; }

    public IServiceProvider Services => server.Services;

    /// <summary>Returns once server and agent know each other.</summary>
    public static async Task<RunningNode> Start(RunningOptions options, CancellationToken cancellation)
    {
        var port = LoopbackPort.Remembered(options.Folder);
        var delayed = options.LinkDelay > TimeSpan.Zero || options.Tap is not null ? new DelayedLink(port, options.LinkDelay, options.Tap) : null;
        var address = $"http://localhost:{port}";
        var agentAddress = delayed is null ? address : $"http://127.0.0.1:{delayed.Port}";
        var node = await CareIdentity.Build(
            new ServerOptions
            {
                Address = address,
                Origin = agentAddress,
                Database = options.Folder.Database,
                Authority = options.Folder.Authority(new Uri(address)),
                Lifecycle = options.Lifecycle,
                Time = options.Time,
                LogLevel = options.LogLevel,
                LogToStandardError = true,
            },
            cancellation);
        await node.StartAsync(cancellation);
        var agent = new IdentityAgent(
            new AgentOptions
            {
                ServerAddress = new Uri(agentAddress),
                DataFolder = options.Folder.Agent,
                VersionOverride = options.AgentVersion,
                ReconnectAfter = TimeSpan.FromMilliseconds(100),
            },
            options.Readers,
            options.AgentTime ?? options.Time,
            NullLoggerFactory.Instance);
        var running = new RunningNode(node, delayed, agent, options, address);
        await running.Samples.Open(cancellation);
        await agent.WhenConnected(cancellation);
        return running;
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        try
        {
            await agentRuns;
        }
        catch (OperationCanceledException)
        {
            // Asked for.
        }

        Agent.Dispose();
        await server.StopAsync();
        await server.DisposeAsync();
        link?.Dispose();
        ended.Dispose();
    }
}
