using Microsoft.Playwright;

namespace Evercard.Journeys.Support;

/// <summary>Debian's Chromium, for all journeys. Nothing is downloaded: Playwright's package holds its driver.</summary>
public sealed class Chromium : IAsyncLifetime
{
    public const string Program = "/usr/bin/chromium";

    /// <summary>The same engine without the windows, menus and side bars around it: half the work for each page.</summary>
    private const string Shell = "/usr/bin/chromium-headless-shell";

    private readonly string profiles = Directory.CreateTempSubdirectory("evercard-browser-").FullName;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>What a quiet browser needs; a machine that tests runs it as root.</summary>
    internal static string[] Flags { get; } =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    public async Task InitializeAsync()
    {
        foreach (var program in (string[])[Program, Shell])
        {
            File.Exists(program).ShouldBeTrue($"{program} is not there; ./test --journeys installs it.");
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Shell, Headless = true, Args = Flags });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.CloseAsync();
        }

        playwright?.Dispose();
        Directory.Delete(profiles, recursive: true);
    }

    /// <summary>A browser that knows nothing yet.</summary>
    /// <param name="withScript">False: the browser runs no page's script.</param>
    internal Task<IBrowserContext> Fresh(bool withScript) =>
        browser!.NewContextAsync(new BrowserNewContextOptions
        {
            JavaScriptEnabled = withScript,
            ViewportSize = new ViewportSize { Width = 1366, Height = 768 },
            Locale = "en-GB",
            TimezoneId = "Europe/London",
            ReducedMotion = ReducedMotion.Reduce,
        });

    /// <summary>A whole browser whose profile is kept on disk, as people's are; and where that is.</summary>
    internal async Task<(IBrowserContext Context, string Folder)> WithProfile()
    {
        var folder = Path.Combine(profiles, Guid.NewGuid().ToString("N"));
        var context = await playwright!.Chromium.LaunchPersistentContextAsync(folder, new BrowserTypeLaunchPersistentContextOptions
        {
            ExecutablePath = Program, Headless = true, Args = Flags, ViewportSize = new ViewportSize { Width = 1366, Height = 768 },
        });
        return (context, folder);
    }
}
