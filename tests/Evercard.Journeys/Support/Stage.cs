using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Evercard.Journeys.Support;

/// <summary>A server and an agent in processes of their own, with the sample people, and a browser. One for the journeys of a class.</summary>
public class Stage(Chromium chromium) : IAsyncLifetime
{
    public const string Passcode = "739154";

    /// <summary>When every story begins: pictures of the guides always show this day.</summary>
    private static readonly DateTimeOffset Begins = new(2026, 11, 22, 8, 2, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("evercard-journeys-").FullName;
    private readonly TimeSpan ahead = Begins - TimeProvider.System.GetUtcNow();
    private RoleProcess? server;
    private RoleProcess? agent;
    private int cards;
    private int windowsSeen;
    private int tabsSeen;

    /// <summary>Where the service is, without a slash at the end.</summary>
    internal string Service { get; private set; } = "";

    internal RoleProcess Server => server ?? throw new InvalidOperationException("The server does not run.");

    internal RoleProcess Agent => agent ?? throw new InvalidOperationException("The agent does not run.");

    internal string Folder => folder;

    internal Chromium Chromium => chromium;

    public async Task InitializeAsync()
    {
        Service = $"http://localhost:{FreePort()}";
        (server, _) = await RoleProcess.Start(["server", "--data", At("server"), "--address", Service, .. Clock]);
        await StartAgent();
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
        (windowsSeen, tabsSeen) = (0, 0);
        (agent, _) = await RoleProcess.Start(["agent", "--data", At("agent"), "--server", Service, .. Clock, .. more]);
    }

    internal async Task StopAgent()
    {
        if (agent is not null)
        {
            await agent.DisposeAsync();
            agent = null;
        }
    }

    /// <summary>Somebody with a browser that knows nothing yet.</summary>
    /// <param name="journey">Names the folder of the pictures.</param>
    /// <param name="withScript">False: the browser runs no script.</param>
    internal async Task<Person> Enter(string journey, bool withScript = true) => new(this, await chromium.Fresh(withScript), new PageCheck(journey));

    /// <summary>The file of this person's card, as SCREENS 5 tells of it.</summary>
    internal async Task<string> SampleCard(string name)
    {
        var file = NewCardFile(name);
        await Server.Do($"sample {name} {file}");
        return file;
    }

    /// <summary>The file of another card of Wren's.</summary>
    internal async Task<string> CardOfWren(int daysLeft = 68)
    {
        var file = NewCardFile("wren");
        await Server.Do($"issue {file} {daysLeft.ToString(CultureInfo.InvariantCulture)}");
        return file;
    }

    /// <summary>Puts a card into the reader; returns once the agent knows it.</summary>
    internal Task Insert(string file) => Agent.Do($"insert {file}");

    internal Task Remove() => Agent.Do("remove");

    /// <summary>The address of the next window that the agent opens by itself.</summary>
    internal async Task<string> NextWindow() => await NextOpened("window", () => windowsSeen, n => windowsSeen = n);

    /// <summary>The address of the next page that the agent opens in the default browser.</summary>
    internal async Task<string> NextTab() => await NextOpened("browser", () => tabsSeen, n => tabsSeen = n);

    internal string At(string name) => Path.Combine(folder, name);

    private string[] Clock => ["--ahead", ((long)ahead.TotalSeconds).ToString(CultureInfo.InvariantCulture)];

    private string NewCardFile(string name) => Path.Combine(Directory.CreateDirectory(At("cards")).FullName, $"{name}-{++cards}.json");

    private Task<string> NextOpened(string how, Func<int> seen, Action<int> remember) => Until.Found(
        async () =>
        {
            var addresses = (await Agent.Do("opened")).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(one => one.StartsWith(how + "=", StringComparison.Ordinal)).Select(one => one[(how.Length + 1)..]).ToList();
            if (addresses.Count <= seen())
            {
                return null;
            }

            remember(seen() + 1);
            return addresses[seen() - 1];
        },
        $"a page that the agent opens ({how})");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
