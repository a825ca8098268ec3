using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Evercard.Interop.Support;

namespace Evercard.Journeys.Support;

/// <summary>A server and an agent in processes of their own, with the sample people, and a browser. One for the journeys of a class.</summary>
public class Stage(Chromium chromium) : IAsyncLifetime
{
    public const string Passcode = "739154";
    public const int FirstReader = 1;
    public const int SecondReader = 2;

    private const string PagesAt = "Pages at ";

    /// <summary>When every story begins: pictures of the guides always show this day.</summary>
    private static readonly DateTimeOffset Begins = new(2026, 11, 22, 8, 2, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("evercard-journeys-").FullName;
    private readonly TimeSpan ahead = Begins - TimeProvider.System.GetUtcNow();
    private RoleProcess? server;
    private RoleProcess? agent;
    private int cards;
    private readonly List<string> opened = [];

    /// <summary>Where the service is, without a slash at the end.</summary>
    internal string Service { get; private set; } = "";

    /// <summary>Options of the agent that say which readers it has; none: two simulated ones.</summary>
    protected virtual string[] Readers => [];

    /// <summary>Address of the agent's own pages.</summary>
    internal string AgentPages { get; private set; } = "";

    internal RoleProcess Server => server ?? throw new InvalidOperationException("The server does not run.");

    internal RoleProcess Agent => agent ?? throw new InvalidOperationException("The agent does not run.");

    internal string Folder => folder;

    internal Chromium Chromium => chromium;

    public async Task InitializeAsync()
    {
        Service = $"http://localhost:{FreePort()}";
        await StartServer();
        await StartAgent();
    }

    /// <summary>On the data that an earlier one left.</summary>
    internal async Task StartServer()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        (server, _) = await RoleProcess.Start(["server", "--data", At("server"), "--address", Service, .. Now], "Listening on");
    }

    public async Task DisposeAsync()
    {
        await StopAgent();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    internal async Task StartAgent(params string[] more)
    {
        opened.Clear();
        (agent, var said) = await RoleProcess.Start(
            ["agent", "--data", At("agent"), "--server", Service, "--pages-port", "0", "--computer-name", "WARD4-PC2", .. Now, .. Readers, .. more], "Connected to");
        AgentPages = said.Single(line => line.StartsWith(PagesAt, StringComparison.Ordinal))[PagesAt.Length..];
    }

    internal async Task StopAgent()
    {
        if (agent is not null)
        {
            await agent.DisposeAsync();
            agent = null;
        }
    }

    /// <summary>Starts a journey with a fresh browser; nothing of an earlier one is left at the computer.</summary>
    /// <param name="journey">Names the folder of the pictures.</param>
    /// <param name="withScript">False: the browser runs no script.</param>
    internal async Task<Person> Enter(string journey, bool withScript = true)
    {
        await Clear();
        await Agent.Do("opened");
        opened.Clear();
        return new Person(this, await chromium.Fresh(withScript), new PageCheck(journey, withScript));
    }

    /// <summary>The file of this person's card, as SCREENS 5 tells of it.</summary>
    /// <param name="name">Its name in the wallet.</param>
    /// <param name="speed">How slow it is.</param>
    internal async Task<string> SampleCard(string name, string speed = "instant")
    {
        var file = NewCardFile(name);
        await Server.Do($"sample {name} {file} {speed}");
        return file;
    }

    /// <summary>The file of another card of Wren's.</summary>
    internal async Task<string> CardOfWren(int daysLeft = 68)
    {
        var file = NewCardFile("wren");
        await Server.Do($"issue {file} {Text(daysLeft)}");
        return file;
    }

    /// <summary>Runs `evercard` as an administrator does, on the database of this server.</summary>
    internal async Task Administer(params string[] command) =>
        (await Witness.Run(
            "dotnet", [Repository.At("src", "Cli", "bin", "Release", "net10.0", "evercard.dll"), .. command, "--database", Path.Combine(At("server"), "evercard.db")])).ShouldSucceed();

    /// <summary>Takes out what an earlier journey left in the readers.</summary>
    private protected virtual async Task Clear()
    {
        await Remove();
        await Remove(SecondReader);
        await Agent.Do("pull-at never");
    }

    /// <summary>Puts a card into a reader.</summary>
    internal virtual Task Insert(string file, int reader = FirstReader) => Agent.Do($"insert {Text(reader)} {file}");

    internal virtual Task Remove(int reader = FirstReader) => Agent.Do($"remove {Text(reader)}");

    /// <summary>Sets the clocks of server and agent forward.</summary>
    internal async Task Pass(TimeSpan time)
    {
        await Server.Do($"clock +{Text((int)time.TotalSeconds)}");
        await Agent.Do($"clock +{Text((int)time.TotalSeconds)}");
    }

    /// <summary>How often the audit trail tells of this.</summary>
    internal async Task<int> Audited(string kind) => (await Server.Do("audit 1000")).Split(' ').Count(one => one == kind);

    /// <summary>The address of the next window that the agent opens by itself.</summary>
    internal Task<string> NextWindow() => NextOpened("127.0.0.1");

    /// <summary>The address of the next page that the agent opens in the default browser.</summary>
    internal Task<string> NextTab() => NextOpened("localhost");

    internal string At(string name) => Path.Combine(folder, name);

    private string[] Now => ["--now-offset", ((long)ahead.TotalSeconds).ToString(CultureInfo.InvariantCulture)];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string NewCardFile(string name) => Path.Combine(Directory.CreateDirectory(At("cards")).FullName, $"{name}-{++cards}.json");

    private Task<string> NextOpened(string host) => Until.Found(
        async () =>
        {
            opened.AddRange((await Agent.Do("opened")).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            var next = opened.Find(one => new Uri(one).Host == host);
            if (next is not null)
            {
                opened.Remove(next);
            }

            return next;
        },
        $"a page that the agent opens at {host}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
