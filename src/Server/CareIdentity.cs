using Evercard.Authority;
using Evercard.Lifecycle;
using Evercard.Lifecycle.AtDesk;
using Evercard.Lifecycle.Computers;
using Evercard.Lifecycle.Greeting;
using Evercard.Lifecycle.ManageSmartcard;
using Evercard.Lifecycle.Renewal;
using Evercard.Lifecycle.Roles;
using Evercard.Lifecycle.Sessions;
using Evercard.Protocol;
using Evercard.Server.AgentLink;
using Evercard.Server.Computers;
using Evercard.Server.Health;
using Evercard.Server.Notifications;
using Evercard.Server.Publication;
using Evercard.Server.Sessions;
using Evercard.Server.Upkeep;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Evercard.Server;

/// <summary>How one server node is set up.</summary>
public sealed record ServerOptions
{
    /// <summary>Where it listens, e.g. "http://localhost:5080".</summary>
    public required string Address { get; init; }

    /// <summary>What agents are pinned to: https, or http on this computer. Null: the address itself. Differs behind a proxy.</summary>
    public string? Origin { get; init; }

    /// <summary>What kind of place this is, on top of every page; null where it is real.</summary>
    public string? Banner { get; init; }

    /// <summary>Connection string of the database.</summary>
    public required string Database { get; init; }

    public required AuthorityOptions Authority { get; init; }

    public LifecycleOptions Lifecycle { get; init; } = new();

    /// <summary>How cardholders are told of what was done with their smartcards.</summary>
    public NotificationOptions Notifications { get; init; } = new();

    /// <summary>What is asked of agents, and how many there may be.</summary>
    public AgentLinkOptions Link { get; init; } = new();

    /// <summary>Null: the system's clock.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Where whoever starts the node has these open, up to date and in use already; for development. Null: they are opened here.</summary>
    public (Database Database, CertificateAuthority Authority)? Opened { get; init; }

    /// <summary>Adds to what the node is put together from, such as pages that are not the service's own; for development.</summary>
    public Action<IServiceCollection>? Besides { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Logs go to standard error: standard output belongs to whoever started this.</summary>
    public bool LogToStandardError { get; init; }
}

/// <summary>The Care Identity Service: puts the features together. Each feature is a folder.</summary>
public static class CareIdentity
{
    /// <summary>A server node, not yet started. The database is brought up to date and the authority opened (made at the first start).</summary>
    /// <exception cref="FormatException">There is no such preset of roles.</exception>
    /// <exception cref="ArgumentException">Agents would have to come over plain HTTP from other computers.</exception>
    public static async Task<WebApplication> Build(ServerOptions options, CancellationToken cancellation = default)
    {
        if (ServerAddress.FindFault(options.Origin ?? options.Address) is { } fault)
        {
            throw new ArgumentException($"The setting {(options.Origin is null ? "Address" : "Origin")} cannot be what agents are pinned to: {fault}.", nameof(options));
        }

        // First: with a table that cannot be read nobody is let in by half.
        var roles = RoleTable.Of(options.Lifecycle.RolePreset);
        var lifecycle = options.Lifecycle with { ServiceAddress = new Uri(options.Origin ?? options.Address) };
        var time = options.Time ?? TimeProvider.System;
        var (database, authority) = options.Opened ?? await Open(options, time, cancellation);

        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Address);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(options.LogLevel)
            .AddFilter("Microsoft", LogLevel.Warning)

            // It warns that nothing encrypts the pages' keys; the key store wraps them before they are stored.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddJsonConsole();
        if (options.LogToStandardError)
        {
            builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        builder.Services.AddPages(options);
        builder.Services.AddAgentLink();
        builder.Services.Replace(ServiceDescriptor.Singleton(time));
        builder.Services.Replace(ServiceDescriptor.Singleton(options.Link));
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(_ => authority);
        builder.Services.AddSingleton(lifecycle);
        builder.Services.AddSingleton<CardGreetings>();
        builder.Services.AddSingleton<Lifecycle.LogIn.LogIn>();
        builder.Services.AddSingleton<RenewalOpening>();
        builder.Services.AddSingleton<Renewal>();
        builder.Services.AddSingleton<Lifecycle.Reconciliation.Reconciliation>();
        builder.Services.AddSingleton<Lifecycle.Reconciliation.AttentionList>();
        builder.Services.AddSingleton<DeskOpening>();
        builder.Services.AddSingleton<OperatorConfirmation>();
        builder.Services.AddSingleton<Lifecycle.Repair.Repair>();
        builder.Services.AddSingleton<Lifecycle.Unlock.Unlock>();
        builder.Services.AddSingleton<Lifecycle.Cancellation.Cancellation>();
        builder.Services.AddSingleton<ComputerApproval>();
        builder.Services.AddSingleton<RenewalOutlooks>();
        builder.Services.AddHostedService<HourlyUpkeep>();
        builder.Services.AddSingleton<SessionChanges>();
        builder.Services.AddSingleton(sp => new SessionLife(database, lifecycle, time, sp.GetRequiredService<SessionChanges>().Tell));
        builder.Services.AddSingleton(roles);
        builder.Services.AddSingleton<HeldRoles>();
        builder.Services.AddSingleton<ManagedCards>();
        builder.Services.AddSingleton<CardholderShown>();
        builder.Services.AddSingleton<RoleChoice>();
        builder.Services.AddSingleton<Lifecycle.PasscodeChange.PasscodeChange>();
        builder.Services.AddHostedService<OverdueSessions>();
        builder.Services.AddSingleton<KnownAgents>();
        builder.Services.AddSingleton<GreetingRequests>();
        builder.Services.AddSingleton<LogInRequests>();
        builder.Services.AddSingleton<RoleRequests>();
        builder.Services.AddSingleton<PasscodeChange.PasscodeChangeRequests>();
        builder.Services.AddSingleton<SelfRenewal.RenewalRequests>();
        builder.Services.AddSingleton<AtDesk.ConfirmationRequests>();
        builder.Services.AddSingleton<AtDesk.DeskBeginnings>();
        builder.Services.AddSingleton<Repair.RepairRequests>();
        builder.Services.AddSingleton<Unlock.UnlockRequests>();
        builder.Services.AddSingleton<Lifecycle.CardTest.CardTest>();
        builder.Services.AddSingleton<CardTest.CardTestRequests>();
        builder.Services.AddSingleton<AgentRequests, CareIdentityRequests>();
        builder.Services.AddSingleton<PublishedCrls>();
        builder.Services.AddNotifications(options.Notifications);

        options.Besides?.Invoke(builder.Services);

        var app = builder.Build();
        app.UsePages(options);
        app.MapAgentLink();
        app.MapPublication();
        app.MapHealth();

        // A port of 0 is known only once the server listens.
        app.Lifetime.ApplicationStarted.Register(() =>
            app.Services.GetRequiredService<AgentLinkOptions>().ServerOrigin = HelloStatement.OriginOf(new Uri(options.Origin ?? app.Urls.First())));
        return app;
    }

    private static async Task<(Database Database, CertificateAuthority Authority)> Open(ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var database = new Database(options.Database, time);
        await database.Migrate(cancellation);
        return (database, CertificateAuthority.Open(options.Authority, time));
    }
}
