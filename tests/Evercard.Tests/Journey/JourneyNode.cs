using Evercard.Authority;
using Evercard.Cards.Piv;
using Evercard.CardSimulator;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Registry.Audit;
using Evercard.Server;
using Evercard.Server.AgentLink;
using Evercard.Tests.Lifecycle;
using Evercard.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Evercard.Tests.Journey;

/// <summary>A whole server node on loopback, with two computers. Opened once for all tests of a class.</summary>
public class JourneyNode : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("evercard-journey-").FullName;
    private WebApplication server = null!;

    public static SamplePerson Perry { get; } = SamplePeople.Perry;

    public static SamplePerson Sol { get; } = SamplePeople.Sol;

    public ManualTime Time { get; } = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));

    public CollectingLogs Logs { get; } = new();

    public LifecycleOptions Options { get; protected init; } = new();

    /// <summary>The authority's signing keys are switched off.</summary>
    public bool SignerDown { get; set; }

    public Uri Address { get; private set; } = null!;

    /// <summary>Where the database is.</summary>
    public TestDatabase Store { get; private set; } = null!;

    /// <summary>Its authority's keys, which another node may share.</summary>
    public AuthorityOptions KeyStore { get; private set; } = null!;

    public IServiceProvider Services => server.Services;

    public TellingDatabase Database { get; private set; } = null!;

    public SampleWard Samples { get; private set; } = null!;

    public Computer Ward4Pc1 { get; private set; } = null!;

    public Computer Ward4Pc2 { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Store = TestDatabase.In(folder);
        KeyStore = ReadyAuthority.In(folder, key => new FaultySigner(key, () => SignerDown));
        Database = new TellingDatabase(Store.ConnectionString, Time);
        await Database.Migrate();
        server = await CareIdentity.Build(new ServerOptions
        {
            Address = "http://127.0.0.1:0",
            Database = Store.ConnectionString,
            Authority = KeyStore,
            Lifecycle = Options,
            Time = Time,
            LogLevel = LogLevel.Trace,
            LogToStandardError = true,
            Opened = (Database, CertificateAuthority.Open(KeyStore, Time)),
        });
        Services.GetRequiredService<ILoggerFactory>().AddProvider(Logs);
        await server.StartAsync();
        Address = new Uri(server.Urls.Single());
        await Connecting();
        Samples = new SampleWard(Database, Services.GetRequiredService<CertificateAuthority>(), Options, Time);
        await Samples.Open(default);
        Ward4Pc1 = await Start("WARD4-PC1");
        Ward4Pc2 = await Start("WARD4-PC2");
    }

    public Task<Computer> Start(string name, string? version = null, TimeProvider? time = null) => Computer.Start(Address, name, time ?? Time, Logs, version);

    /// <summary>An issued card that is in nobody's reader yet.</summary>
    public async Task<(SimulatedCard Card, Guid Id)> Issue(int daysLeft = 30, SamplePerson? person = null, CardModel? model = null)
    {
        var card = SimulatedCard.CreateBlank(model ?? CardModel.Yubico);
        return (card, await Samples.Issue(person ?? SampleWard.Wren, card, PivAlgorithm.P256, daysLeft, default));
    }

    public Task<T> Read<T>(Func<Records, Task<T>> read) => Database.Read(read, default);

    /// <summary>A change that the registration authority makes.</summary>
    public Task Change(string kind, Action<Records> change) => Database.Write(
        async records =>
        {
            change(records);
            await records.Registry.Save(new AuditEvent { Kind = kind }, default);
        },
        default);

    /// <summary>Sequence number of the newest event.</summary>
    public Task<long> AuditMark() => Read(r => r.Registry.AuditEvents.MaxAsync(e => e.Sequence));

    /// <summary>Events after a mark, as "Kind CODE" where they tell a refusal.</summary>
    public async Task<List<string>> AuditSince(long mark)
    {
        var events = await Read(r => r.Registry.AuditEvents.Where(e => e.Sequence > mark).OrderBy(e => e.Sequence).ToListAsync());
        return [.. events.Select(e => $"{e.Kind} {e.Facts.GetValueOrDefault("code") ?? e.Facts.GetValueOrDefault("because")}".TrimEnd())];
    }

    public async Task AuditChainIsWhole() =>
        AuditChain.Verify(await Read(r => r.Registry.AuditEvents.OrderBy(e => e.Sequence).ToListAsync())).ShouldBeOfType<AuditFinding.Whole>();

    public async Task DisposeAsync()
    {
        await Ward4Pc1.DisposeAsync();
        await Ward4Pc2.DisposeAsync();
        await server.StopAsync();
        await server.DisposeAsync();
        Store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>The server listens; no computer is linked yet.</summary>
    protected virtual Task Connecting() => Task.CompletedTask;

    /// <summary>Another address that agents dial, such as a tap's.</summary>
    protected void DialInstead(Uri address)
    {
        Address = address;
        Services.GetRequiredService<AgentLinkOptions>().ServerOrigin = HelloOrigin(address);
    }

    private static string HelloOrigin(Uri address) => Evercard.Protocol.HelloStatement.OriginOf(address);
}
