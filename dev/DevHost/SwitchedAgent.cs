using Evercard.Agent;
using Evercard.Agent.Pages;
using Evercard.Agent.Pages.Opening;
using Evercard.Cards.Readers;
using Evercard.DevHost.Faults;
using Microsoft.Extensions.Logging.Abstractions;

namespace Evercard.DevHost;

/// <summary>The agent of one computer of the demonstration, and what can go wrong with it.</summary>
public sealed record SwitchedAgentOptions
{
    public required Uri Server { get; init; }

    /// <summary>Folder of its device key.</summary>
    public required string Data { get; init; }

    public required IReaders Readers { get; init; }

    public string ComputerName { get; init; } = Environment.MachineName;

    /// <summary>Port of its pages on 127.0.0.1, 0 for any; null: it has none.</summary>
    public int? PagesPort { get; init; }

    /// <summary>Null: its own.</summary>
    public string? Version { get; init; }

    /// <summary>The computer's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets the addresses that the agent wants opened.</summary>
    public PageOpener? Opener { get; init; }

    /// <summary>Told the reader and the step of an act.</summary>
    public Action<string, int>? Progressed { get; init; }

    public string? Banner { get; init; }
}

/// <summary>An agent that can be ended and begun again, as another version too; its pages stay on the same port.</summary>
public sealed class SwitchedAgent(SwitchedAgentOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim changing = new(1, 1);
    private CancellationTokenSource? ended;
    private Task runs = Task.CompletedTask;
    private AgentPages? pages;
    private int? port = options.PagesPort;

    /// <summary>Null while it is off.</summary>
    public IdentityAgent? Agent { get; private set; }

    public bool IsOn => Agent is not null;

    /// <summary>What it calls itself; null: its own version.</summary>
    public string? Version { get; private set; } = options.Version;

    /// <summary>Its network.</summary>
    public NetworkSwitch Network { get; } = new();

    /// <summary>Where its pages are; null where there are none, or it is off.</summary>
    public Uri? Pages => pages?.Address;

    /// <summary>Begins it, anew where it is on.</summary>
    /// <param name="version">What it calls itself; null: its own version.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">The data folder cannot be used.</exception>
    public async Task Start(string? version, CancellationToken cancellation)
    {
        await changing.WaitAsync(cancellation);
        try
        {
            await End();
            Version = version;
            var agent = new IdentityAgent(
                new AgentOptions
                {
                    ServerAddress = options.Server,
                    DataFolder = options.Data,
                    ComputerName = options.ComputerName,
                    VersionOverride = version,
                    ReconnectAfter = TimeSpan.FromMilliseconds(100),
                    ReconnectAtMost = TimeSpan.FromSeconds(2),
                    Dial = Network.Dial,
                },
                options.Readers,
                options.Time,
                NullLoggerFactory.Instance)
            {
                Progressed = (reader, progress) => options.Progressed?.Invoke(reader, progress.Step),
            };
            if (port is { } wanted)
            {
                pages = await AgentPages.Start(
                    agent,
                    new AgentPagesOptions { Port = wanted, Banner = options.Banner, Opener = options.Opener ?? PageOpener.None },
                    options.Time,
                    NullLoggerFactory.Instance,
                    cancellation);
                port = pages.Address.Port;
            }

            ended = new CancellationTokenSource();
            runs = agent.Run(ended.Token);
            Agent = agent;
        }
        finally
        {
            changing.Release();
        }
    }

    public async Task Stop()
    {
        await changing.WaitAsync();
        try
        {
            await End();
        }
        finally
        {
            changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        changing.Dispose();
    }

    private async Task End()
    {
        if (Agent is not { } agent)
        {
            return;
        }

        Agent = null;
        await ended!.CancelAsync();
        await runs.ContinueWith(_ => { }, TaskScheduler.Default);
        if (pages is not null)
        {
            await pages.DisposeAsync();
            pages = null;
        }

        agent.Dispose();
        ended.Dispose();
    }
}
