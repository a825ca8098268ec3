using Evercard.Authority;
using Evercard.CardSimulator;
using Evercard.DevHost.Clock;
using Evercard.DevHost.DemoTable;
using Evercard.DevHost.Faults;
using Evercard.DevHost.SampleCards;
using Evercard.Lifecycle;
using Evercard.Lifecycle.Computers;
using Evercard.Registry.Computers;
using Evercard.Server;
using Evercard.Server.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Evercard.DevHost;

/// <summary>How a server node with the sample world is started.</summary>
public sealed record SampleNodeOptions
{
    public required DataFolder Folder { get; init; }

    /// <summary>Where it listens and what agents are pinned to.</summary>
    public required string Address { get; init; }

    /// <summary>Connection string of a database elsewhere; null: a file in the folder.</summary>
    public string? Database { get; init; }

    public LifecycleOptions Lifecycle { get; init; } = new();

    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>Has the demonstration's table among its pages; it then listens only when it is told to.</summary>
    public Func<Table?>? Table { get; init; }

    /// <summary>What the clock is set against; null: the system's.</summary>
    public TimeProvider? Time { get; init; }
}

/// <summary>A server node with the sample world, a clock that can be set, and an authority that can be switched off.</summary>
public sealed class SampleNode : IAsyncDisposable
{
    public const string Banner = "Demonstration. Not an NHS service. Do not enter real details.";

    private readonly DataFolder folder;
    private readonly SampleCardMaker maker;

    private SampleNode(WebApplication app, SampleNodeOptions options, DemoClock clock, AuthoritySwitch authority, SampleWard ward, SampleCardMaker cards)
    {
        (App, folder, Clock, Authority, Ward, maker) = (app, options.Folder, clock, authority, ward, cards);
        Database = app.Services.GetRequiredService<Database>();
        Inbox = new Inbox(folder.Messages);
    }

    public WebApplication App { get; }

    public DemoClock Clock { get; }

    public AuthoritySwitch Authority { get; }

    public Database Database { get; }

    public SampleWard Ward { get; }

    /// <summary>The phones and inboxes of the sample people; filled where there is a table to show them.</summary>
    public Inbox Inbox { get; }

    /// <summary>Starts it. In a fresh folder the cards of the past are made first, while the clock stands there.</summary>
    public static async Task<SampleNode> Start(SampleNodeOptions options, CancellationToken cancellation)
    {
        var clock = new DemoClock(options.Time);
        var authority = new AuthoritySwitch();
        var isFresh = options.Folder.IsFresh;
        if (isFresh)
        {
            clock.MoveBy(-SampleCardMaker.Past);
        }

        // Somebody waits for the first page: what takes long is done side by side, the authority's keys and the tables, then the cards of the
        // past and the service.
        var authorityOptions = options.Folder.Authority(new Uri(options.Address), authority.Through);
        var opening = Task.Run(() => CertificateAuthority.Open(authorityOptions, clock), cancellation);
        var connectionString = options.Database ?? options.Folder.Database;
        var database = new Database(connectionString, clock);
        await database.Migrate(cancellation);
        await SampleWard.Open(database, clock, cancellation);
        var certificates = await opening;
        var ward = new SampleWard(database, certificates, options.Lifecycle, clock);
        var cards = new SampleCardMaker(ward, database, certificates, options.Lifecycle, clock);
        var past = isFresh ? Task.Run(() => cards.MakePast((card, made) => Keep(card, made, options.Folder), cancellation), cancellation) : Task.CompletedTask;

        var app = await CareIdentity.Build(
            new ServerOptions
            {
                Address = options.Address,
                Banner = Banner,
                Database = connectionString,
                Authority = authorityOptions,
                Opened = (database, certificates),
                Lifecycle = options.Lifecycle,
                Time = clock,
                LogLevel = options.LogLevel,
                LogToStandardError = true,
                Notifications = new NotificationOptions { Folder = options.Table is null ? null : options.Folder.Messages },
                Besides = options.Table is null ? null : TablePages.AddTable,
            },
            cancellation);
        await past;
        var node = new SampleNode(app, options, clock, authority, ward, cards);
        if (options.Table is { } table)
        {
            app.MapTable(table);
        }
        else
        {
            await node.Listen(cancellation);
        }

        return node;
    }

    /// <summary>Serves people from now on.</summary>
    public Task Listen(CancellationToken cancellation) => App.StartAsync(cancellation);

    /// <summary>Makes a sample card in its state, in memory. A card of the past is a copy of the one that was made at the start.</summary>
    /// <exception cref="InvalidOperationException">A card of the past, and the folder is one that had none made.</exception>
    public async Task<SimulatedCard> Make(SampleCard card, CancellationToken cancellation)
    {
        if (!card.IsOfThePast)
        {
            return await maker.Make(card, cancellation);
        }

        var file = PastFile(card, folder);
        return File.Exists(file)
            ? SimulatedCard.Copy(file)
            : throw new InvalidOperationException("Cards of the past are made in a fresh folder only.");
    }

    /// <summary>Approves the agent of a computer of the demonstration.</summary>
    public Task Approve(string agentId, CancellationToken cancellation) => new ComputerApproval(Database).Approve(agentId, approvedBy: null, cancellation);

    /// <summary>Approves every computer that has made itself known.</summary>
    public async Task ApproveAll(CancellationToken cancellation)
    {
        foreach (var agent in await Database.Read(r => r.Registry.Agents.Where(a => a.Status == AgentStatus.Known).Select(a => a.Id).ToListAsync(cancellation), cancellation))
        {
            await Approve(agent, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }

    private static void Keep(SampleCard card, SimulatedCard made, DataFolder folder)
    {
        using (made)
        {
            SampleCardMaker.Store(made, PastFile(card, folder));
        }
    }

    private static string PastFile(SampleCard card, DataFolder folder) => Path.Combine(folder.Cards, "past", $"{card.Name}.json");
}
