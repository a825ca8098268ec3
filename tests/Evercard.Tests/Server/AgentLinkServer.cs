using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evercard.Tests.Server;

/// <summary>A server with the agent link alone, on the loopback address.</summary>
internal sealed class AgentLinkServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private AgentLinkServer(WebApplication app, Uri address, RecordingRequests requests)
    {
        (this.app, Address, Requests) = (app, address, requests);
        Options.ServerOrigin = HelloStatement.OriginOf(address);
    }

    public Uri Address { get; }

    public RecordingRequests Requests { get; }

    public AgentLinkOptions Options => app.Services.GetRequiredService<AgentLinkOptions>();

    public ConnectedAgents Agents => app.Services.GetRequiredService<ConnectedAgents>();

    public static async Task<AgentLinkServer> Start(int port = 0, CollectingLogs? logs = null, RecordingRequests? requests = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace);
        if (logs is not null)
        {
            builder.Logging.AddProvider(logs);
        }

        requests ??= new RecordingRequests();
        builder.Services.AddSingleton(TimeProvider.System).AddAgentLink().AddSingleton<AgentRequests>(requests);
        var built = builder.Build();
        built.UseWebSockets();
        built.MapAgentLink();
        await built.StartAsync();
        return new AgentLinkServer(built, new Uri(built.Urls.Single()), requests);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
