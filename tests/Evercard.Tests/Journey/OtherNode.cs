using Evercard.Authority;
using Evercard.Lifecycle;
using Evercard.Server;
using Evercard.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evercard.Tests.Journey;

/// <summary>Another server node on the database and the key store of a <see cref="JourneyNode"/>; it shares nothing else with it.</summary>
public sealed class OtherNode : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly JourneyNode first;
    private bool isDown;

    private OtherNode(WebApplication server, JourneyNode first) => (this.server, this.first) = (server, first);

    public IServiceProvider Services => server.Services;

    public Database Database => Services.GetRequiredService<Database>();

    public Uri Address => new(server.Urls.First());

    /// <param name="first">The node that is there.</param>
    /// <param name="database">Its way to the database; null: as any node has it.</param>
    public static async Task<OtherNode> Start(JourneyNode first, Database? database = null)
    {
        var node = await CareIdentity.Build(new ServerOptions
        {
            Address = "http://127.0.0.1:0",
            Database = first.Store.ConnectionString,
            Authority = first.KeyStore,
            Lifecycle = first.Options,
            Time = first.Time,
            LogLevel = LogLevel.Trace,
            LogToStandardError = true,
            Opened = database is null ? null : (database, CertificateAuthority.Open(first.KeyStore, first.Time)),
        });
        node.Services.GetRequiredService<ILoggerFactory>().AddProvider(first.Logs);
        await node.StartAsync();
        return new OtherNode(node, first);
    }

    public Task<Computer> Start(string name) => Computer.Start(Address, name, first.Time, first.Logs);

    public async ValueTask DisposeAsync()
    {
        if (!isDown)
        {
            isDown = true;
            await server.StopAsync();
            await server.DisposeAsync();
        }
    }
}
